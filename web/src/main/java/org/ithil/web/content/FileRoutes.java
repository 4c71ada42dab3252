package org.ithil.web.content;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.dicom.json.BulkData;
import org.ithil.dicom.json.DicomJsonWriter;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.dicom.xml.DicomXmlWriter;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Arguments;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.jspecify.annotations.Nullable;

/**
 * The route {@code /instances/{id}/file}: the file as it came in, or its data set as JSON or XML.
 */
public final class FileRoutes {
  private static final String DICOM = "application/dicom";
  private static final String DICOM_JSON = "application/dicom+json";
  private static final String DICOM_XML = "application/dicom+xml";

  /**
   * Bytes of a value above which it is shown as base64 instead of a list of numbers. Without a key:
   * what an answer looks like is the same at every site.
   */
  private static final int LARGEST_LIST = 1 << 20;

  private final Retrieval retrieval;
  private final Dictionary dictionary;
  private final DefaultCharacterSet encoding;

  public FileRoutes(Retrieval retrieval, Dictionary dictionary, DefaultCharacterSet encoding) {
    this.retrieval = retrieval;
    this.dictionary = dictionary;
    this.encoding = encoding;
  }

  public List<Route> routes() {
    return List.of(Route.get("/instances/{id}/file", this::file));
  }

  private Answer file(Request request) throws IOException {
    String text = request.variable("id");
    ResourceId id = request.resource();
    Answer described = described(id, request.header("Accept"));
    if (described != null) {
      return described;
    }
    refuseTranscoding(request.arguments());
    Retrieval.OpenAttachment open =
        retrieval.openFile(id).orElseThrow(ApiException::unknownResource);
    long size = open.attachment().size();
    Answer answer;
    try {
      answer = Answer.file(open.bytes().channel(0, size), size, DICOM);
    } catch (IOException | RuntimeException e) {
      open.close();
      throw e;
    }
    return named(answer.holding(open::close), request.arguments().get("filename"), text + ".dcm");
  }

  /**
   * The file as DICOM JSON or XML, if the client wants exactly that; a list of types, or one with
   * parameters, gives the file itself. Fragments of Pixel Data are left out.
   */
  private @Nullable Answer described(ResourceId id, @Nullable String accept) throws IOException {
    if (accept == null || !accept.equals(DICOM_JSON) && !accept.equals(DICOM_XML)) {
      return null;
    }
    Retrieval.OpenInstance open = retrieval.dataSet(id).orElseThrow(ApiException::unknownResource);
    DataSet dataSet = open.file().dataSet();
    ByteSource values = open.file().values();
    SpecificCharacterSet characterSet = encoding.get();
    return Answer.stream(
            out -> {
              Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
              if (accept.equals(DICOM_JSON)) {
                new DicomJsonWriter(values, FileRoutes::shown).write(dataSet, characterSet, text);
              } else {
                new DicomXmlWriter(
                        values, FileRoutes::shown, dictionary, DicomXmlWriter.Dialect.REFERENCE)
                    .write(dataSet, characterSet, text);
              }
              text.flush();
            },
            -1,
            accept)
        .holding(open::close);
  }

  private static BulkData.Shown shown(List<BulkData.Step> path, Element element) {
    if (element.value() instanceof Value.Fragments) {
      return new BulkData.Shown.LeftOut();
    }
    boolean inline =
        element.tag() == Tag.PixelData
            || element.vr().isBulk() && element.value().length() > LARGEST_LIST;
    return inline ? new BulkData.Shown.Inline() : new BulkData.Shown.Values();
  }

  /** Transcoding is not there yet: refuses what is asked for, as a failed transcoding does. */
  private static void refuseTranscoding(Arguments arguments) {
    String syntax = arguments.get("transcode");
    if (syntax == null) {
      return;
    }
    UidEntry entry = UidDictionary.entry(syntax);
    if (entry == null || entry.type() != UidEntry.Type.TRANSFER_SYNTAX) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE, "Unknown transfer syntax: " + syntax);
    }
    String quality = arguments.get("lossy-quality");
    if (quality != null && !quality.matches("[0-9]{1,9}")) {
      throw ApiException.of(
          ErrorCode.PARAMETER_OUT_OF_RANGE,
          "Expected a Unsigned Int for GET argument \"lossy-quality\", found: " + quality);
    }
    throw ApiException.of(ErrorCode.NOT_IMPLEMENTED);
  }

  /**
   * Adds the name under which a browser keeps the file. What could end the field or the name is
   * left out.
   *
   * @param wanted as the client asks for; empty for no name at all, null for the usual one
   */
  private static Answer named(Answer answer, @Nullable String wanted, String usual) {
    String name = (wanted == null ? usual : wanted).replaceAll("[\"\\p{Cntrl}]", "");
    return name.isEmpty()
        ? answer
        : answer.with("Content-Disposition", "filename=\"" + utf8(name) + '"');
  }

  /** Header fields are written as ISO 8859-1; this makes UTF-8 of it. */
  private static String utf8(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
