package org.ithil.web.creation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dicom.io.DicomFile;
import org.ithil.imaging.video.Video;
import org.ithil.web.error.ApiException;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * {@code GET /instances/{id}/pdf}, {@code /stl} and {@code /video}: documents and videos without
 * the DICOM around them, copied from the file while they are sent. 404 for instances that hold
 * something else.
 */
public final class DocumentRoutes {
  private static final Set<String> VIDEO =
      Set.of(
          Uid.MPEG2MPML,
          Uid.MPEG2MPMLF,
          Uid.MPEG2MPHL,
          Uid.MPEG2MPHLF,
          Uid.MPEG4HP41,
          Uid.MPEG4HP41F,
          Uid.MPEG4HP41BD,
          Uid.MPEG4HP41BDF,
          Uid.MPEG4HP422D,
          Uid.MPEG4HP422DF,
          Uid.MPEG4HP423D,
          Uid.MPEG4HP423DF,
          Uid.MPEG4HP42STEREO,
          Uid.MPEG4HP42STEREOF,
          Uid.HEVCMP51,
          Uid.HEVCM10P51);

  private final Retrieval retrieval;

  public DocumentRoutes(Retrieval retrieval) {
    this.retrieval = retrieval;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get(
            "/instances/{id}/pdf", r -> document(r, "application/pdf", Uid.EncapsulatedPDFStorage)),
        Route.get("/instances/{id}/stl", r -> document(r, "model/stl", Uid.EncapsulatedSTLStorage)),
        Route.get("/instances/{id}/video", this::video));
  }

  private interface Finding {
    Answer find(DicomFile file) throws IOException;
  }

  private Answer found(Request request, Finding finding) throws IOException {
    Retrieval.OpenInstance open =
        retrieval.dataSet(request.resource()).orElseThrow(ApiException::unknownResource);
    boolean answered = false;
    try {
      Answer answer = finding.find(open.file()).holding(open::close);
      answered = true;
      return answer;
    } finally {
      if (!answered) {
        open.close();
      }
    }
  }

  private Answer document(Request request, String type, String sopClass) throws IOException {
    return found(
        request,
        file -> {
          DataSet dataSet = file.dataSet();
          String said = text(dataSet, Tag.MIMETypeOfEncapsulatedDocument);
          boolean right =
              said.isEmpty()
                  ? text(dataSet, Tag.SOPClassUID).equals(sopClass)
                  : said.equalsIgnoreCase(type);
          Element element = dataSet.get(Tag.EncapsulatedDocument);
          if (!right || element == null || isInParts(element)) {
            return Answer.empty(404);
          }
          // Tells of a byte that only fills up to an even length.
          long length =
              dataSet.integer(Tag.EncapsulatedDocumentLength).orElse(0)
                      == element.value().length() - 1
                  ? element.value().length() - 1
                  : element.value().length();
          return answer(List.of(element.value()), length, file.values(), type);
        });
  }

  private static String text(DataSet dataSet, int tag) {
    return dataSet.ascii(tag).map(String::strip).orElse("");
  }

  private static boolean isInParts(Element element) {
    return switch (element.value()) {
      case Value.Bytes _, Value.Located _ -> false;
      case Value.Items _, Value.Fragments _ -> true;
    };
  }

  private Answer video(Request request) throws IOException {
    return found(
        request,
        file -> {
          Element pixels = file.dataSet().get(Tag.PixelData);
          if (!VIDEO.contains(file.transferSyntax().uid())
              || pixels == null
              || !(pixels.value() instanceof Value.Fragments(List<Value> fragments))
              || fragments.size() < 2) {
            return Answer.empty(404);
          }
          List<Value> parts = fragments.subList(1, fragments.size());
          ByteSource first = new PartSource(file.values(), parts.getFirst());
          long length = parts.stream().mapToLong(Value::length).sum();
          // A byte that fills up to an even length cannot be told from one of the video.
          return answer(
              parts, length, file.values(), Video.isMp4(first) ? "video/mp4" : "video/mpeg");
        });
  }

  /** Parts one behind the other, as many bytes of them as are wanted. */
  private static Answer answer(List<Value> parts, long length, ByteSource values, String type) {
    List<PartSource> sources = new ArrayList<>();
    parts.forEach(part -> sources.add(new PartSource(values, part)));
    return Answer.stream(
        out -> {
          long rest = length;
          for (PartSource source : sources) {
            long size = Math.min(rest, source.size());
            source.copyTo(0, size, out);
            rest -= size;
          }
        },
        length,
        type);
  }

  /** The bytes of a value. */
  private record PartSource(ByteSource values, Value value) implements ByteSource {
    @Override
    public long size() {
      return value.length();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      requireInside(offset, length);
      switch (value) {
        case Value.Bytes(byte[] bytes) -> System.arraycopy(bytes, (int) offset, into, at, length);
        case Value.Located(long start, long _, boolean _) ->
            values.read(start + offset, into, at, length);
        case Value.Items _, Value.Fragments _ -> throw new IllegalStateException("no bytes");
      }
    }
  }
}
