package org.ithil.services.creation;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that a client sends as a data URI (RFC 2397), in base64; they wait in the spool.
 *
 * @param type media type in lower case
 * @param file null if the base64 is none
 */
record Content(String type, @Nullable SpooledFile file) implements AutoCloseable {
  private static final Pattern HEAD =
      Pattern.compile("data:([^;,\"\\s]+);base64", Pattern.CASE_INSENSITIVE);

  /** The media type of a data URI, given what stands before its comma; empty if it is none. */
  static Optional<String> type(String head) {
    Matcher matcher = HEAD.matcher(head);
    return matcher.matches()
        ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** Content that is in memory as text; empty if it is no data URI. */
  static Optional<Content> of(String uri, Spool spool) throws IOException {
    int comma = uri.indexOf(',');
    Optional<String> type = comma < 0 ? Optional.empty() : type(uri.substring(0, comma));
    if (type.isEmpty()) {
      return Optional.empty();
    }
    try (Spool.Writer out = spool.open()) {
      LetterDecoder sink = new LetterDecoder(out);
      for (int i = comma + 1; i < uri.length(); i++) {
        sink.letter(uri.charAt(i));
      }
      return Optional.of(new Content(type.get(), sink.finish() ? out.finish() : null));
    }
  }

  @Override
  public void close() {
    if (file != null) {
      file.close();
    }
  }
}
