package org.ithil.web.content;

import java.io.IOException;
import java.util.List;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.web.error.ApiException;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.TagArgument;
import org.jspecify.annotations.Nullable;

/**
 * The routes {@code /instances/{id}/content/...}. Large values are copied from the file while they
 * are sent.
 */
public final class ContentRoutes {
  private static final String BYTES = "application/octet-stream";

  private final Retrieval retrieval;
  private final Dictionary dictionary;

  public ContentRoutes(Retrieval retrieval, Dictionary dictionary) {
    this.retrieval = retrieval;
    this.dictionary = dictionary;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.get("/instances/{id}/content/{*path}", this::content));
  }

  private Answer content(Request request) throws IOException {
    ResourceId id = request.resource();
    DicomFile header = retrieval.header(id).orElseThrow(ApiException::unknownResource);
    List<String> path = request.tail();
    if (isInHeader(path, header)) {
      Answer fromMemory = answer(Content.at(header.dataSet(), path, dictionary));
      if (fromMemory != null) {
        return fromMemory;
      }
    }
    return fromFile(id, path);
  }

  /** True if the first tag of a path comes before Pixel Data, where headers end. */
  private boolean isInHeader(List<String> path, DicomFile header) {
    if (path.isEmpty()) {
      return false;
    }
    int tag = TagArgument.parse(path.getFirst(), dictionary);
    return Integer.compareUnsigned(tag, Tag.FloatPixelData) < 0;
  }

  private Answer fromFile(ResourceId id, List<String> path) throws IOException {
    Retrieval.OpenInstance open = retrieval.dataSet(id).orElseThrow(ApiException::unknownResource);
    Answer answer = null;
    try {
      Content content = Content.at(open.file().dataSet(), path, dictionary);
      if (content instanceof Content.Raw(Value.Located located, Vr vr)) {
        ByteSource values = open.file().values();
        RawBytes.Large large = RawBytes.large(located, vr, values);
        answer =
            Answer.stream(out -> RawBytes.write(large, vr, values, out), large.total(), BYTES)
                .holding(open::close);
        return answer;
      }
      Answer fromMemory = answer(content);
      if (fromMemory == null) {
        throw new IllegalStateException("neither in memory nor located");
      }
      return fromMemory;
    } finally {
      if (answer == null) {
        open.close();
      }
    }
  }

  /** The answer to what is in memory; null for a located value. */
  private static @Nullable Answer answer(Content content) {
    return switch (content) {
      case Content.Names(List<String> names) -> Answer.json(json -> json.texts(names));
      case Content.Nothing _ -> Answer.empty(404);
      case Content.Raw(Value.Bytes(byte[] bytes), Vr vr) ->
          Answer.bytes(RawBytes.of(bytes, vr), BYTES);
      case Content.Raw _ -> null;
    };
  }
}
