package org.ithil.web.error;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.ithil.archive.json.JsonWriter;

/** The JSON text that describes a failure to the person who wrote the client. */
public final class ErrorBody {
  private static final Map<Integer, String> REASONS =
      Map.ofEntries(
          Map.entry(400, "Bad Request"),
          Map.entry(401, "Unauthorized"),
          Map.entry(403, "Forbidden"),
          Map.entry(404, "Not Found"),
          Map.entry(405, "Method Not Allowed"),
          Map.entry(406, "Not Acceptable"),
          Map.entry(408, "Request Timeout"),
          Map.entry(409, "Conflict"),
          Map.entry(413, "Payload Too Large"),
          Map.entry(414, "URI Too Long"),
          Map.entry(415, "Unsupported Media Type"),
          Map.entry(416, "Requested Range Not Satisfiable"),
          Map.entry(431, "Request Header Fields Too Large"),
          Map.entry(500, "Internal Server Error"),
          Map.entry(501, "Not Implemented"),
          Map.entry(503, "Service Unavailable"),
          Map.entry(507, "Insufficient Storage"));

  private ErrorBody() {}

  /**
   * The text, in the layout of the reference: a tabulator for each level, a line feed at the end.
   *
   * @param method the method that was asked for, as the client wrote it
   * @param uri the unescaped path
   */
  public static byte[] of(ApiException failure, String method, String uri) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    try (JsonWriter writer = new JsonWriter(out, "\t")) {
      writer.beginObject();
      if (failure.details() != null) {
        writer.member("Details", failure.details());
      }
      if (failure.payload() != null) {
        writer.member("ErrorPayload", failure.payload());
      }
      writer
          .member("HttpError", reason(failure.status()))
          .member("HttpStatus", failure.status())
          .member("Message", failure.code().text())
          .member("Method", method)
          .member("OrthancError", failure.code().text())
          .member("OrthancStatus", failure.code().number())
          .member("Uri", uri)
          .endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out.writeBytes("\n".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  /** The reason phrase of a status. */
  public static String reason(int status) {
    return REASONS.getOrDefault(status, "Error");
  }
}
