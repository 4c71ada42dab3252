package org.ithil.web.content;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.jspecify.annotations.Nullable;

/** The route {@code /instances/{id}/file}: the file as it came in. */
public final class FileRoutes {
  private static final String DICOM = "application/dicom";

  private final Retrieval retrieval;

  public FileRoutes(Retrieval retrieval) {
    this.retrieval = retrieval;
  }

  public List<Route> routes() {
    return List.of(Route.get("/instances/{id}/file", this::file));
  }

  private Answer file(Request request) throws IOException {
    String text = request.variable("id");
    ResourceId id = ResourceId.parse(text).orElseThrow(FileRoutes::unknown);
    refuseTranscoding(request.arguments().get("transcode"));
    Retrieval.OpenAttachment open = retrieval.openFile(id).orElseThrow(FileRoutes::unknown);
    long size = open.attachment().size();
    Answer answer =
        open.bytes()
            .path()
            .map(path -> Answer.file(path, 0, size, DICOM))
            .orElseGet(() -> Answer.stream(out -> open.bytes().copyTo(0, size, out), size, DICOM));
    return named(answer.holding(open::close), request.arguments().get("filename"), text + ".dcm");
  }

  private static ApiException unknown() {
    return ApiException.of(ErrorCode.UNKNOWN_RESOURCE);
  }

  /** Transcoding is not there yet: refuses what is asked for, as a failed transcoding does. */
  private static void refuseTranscoding(@Nullable String syntax) {
    if (syntax == null) {
      return;
    }
    UidEntry entry = UidDictionary.entry(syntax);
    if (entry == null || entry.type() != UidEntry.Type.TRANSFER_SYNTAX) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE, "Unknown transfer syntax: " + syntax);
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
