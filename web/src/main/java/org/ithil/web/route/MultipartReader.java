package org.ithil.web.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Reads a multipart body (RFC 2046 5.1) part by part from a stream, in bounded memory.
 *
 * <pre>
 *   preamble CRLF--boundary CRLF  head CRLF CRLF  bytes  CRLF--boundary CRLF ... CRLF--boundary-- epilogue
 * </pre>
 *
 * The first delimiter may stand at the very start. A body that ends before its last delimiter fails
 * as BAD_FILE_FORMAT. Not safe for several threads.
 */
final class MultipartReader {
  private static final int BUFFER = 1 << 16;
  private static final int HEAD_LIMIT = 8192;

  /** One part. Its bytes must be read before the next part is asked for; the rest is skipped. */
  record Part(Headers headers, InputStream bytes) {}

  private final InputStream in;
  private final byte[] delimiter;
  private final byte[] buffer = new byte[BUFFER];
  private int start;
  private int end;
  private boolean exhausted;
  private @Nullable PartStream current;

  MultipartReader(InputStream in, String boundary) {
    this.in = in;
    delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // What stands before the first delimiter is skipped as if it were a part.
    buffer[0] = '\r';
    buffer[1] = '\n';
    end = 2;
    current = new PartStream();
  }

  /** The next part; null behind the last one. */
  @Nullable Part next() throws IOException {
    if (current == null) {
      return null;
    }
    current.transferTo(java.io.OutputStream.nullOutputStream());
    start += delimiter.length;
    if (atLastDelimiter()) {
      current = null;
      return null;
    }
    Headers headers = head();
    current = new PartStream();
    return new Part(headers, current);
  }

  /** Whether "--" follows the delimiter; otherwise goes behind the end of its line. */
  private boolean atLastDelimiter() throws IOException {
    int first = one();
    if (first == '-' && one() == '-') {
      return true;
    }
    for (int c = first, n = 0; c != '\n'; c = one()) {
      if (c != ' ' && c != '\t' && c != '\r' || n++ > 256) {
        throw ApiException.of(ErrorCode.BAD_REQUEST, "Malformed multipart body");
      }
    }
    return false;
  }

  private Headers head() throws IOException {
    Map<String, String> fields = new LinkedHashMap<>();
    StringBuilder line = new StringBuilder();
    int size = 0;
    while (true) {
      int c = one();
      if (++size > HEAD_LIMIT) {
        throw ApiException.of(ErrorCode.BAD_REQUEST, "Too long a head in a multipart body");
      }
      if (c != '\n') {
        line.append((char) c);
        continue;
      }
      String text = line.toString().strip();
      if (text.isEmpty()) {
        return Headers.of(fields);
      }
      int colon = text.indexOf(':');
      if (colon > 0) {
        fields.put(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
      }
      line.setLength(0);
    }
  }

  private int one() throws IOException {
    if (start == end && !fill()) {
      throw cut();
    }
    return buffer[start++] & 255;
  }

  private static ApiException cut() {
    return ApiException.of(ErrorCode.BAD_FILE_FORMAT);
  }

  /** Reads more behind what is there, which moves to the front. */
  private boolean fill() throws IOException {
    if (exhausted) {
      return false;
    }
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    int n = in.read(buffer, end, buffer.length - end);
    exhausted = n < 0;
    if (n > 0) {
      end += n;
    }
    return n > 0;
  }

  /** Bytes up to the next delimiter. */
  private final class PartStream extends InputStream {
    private final byte[] single = new byte[1];

    /** Bytes from start that are known to be no part of a delimiter. */
    private int clear;

    private boolean ended;

    @Override
    public int read() throws IOException {
      return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (this != current || length == 0) {
        return length == 0 ? 0 : -1;
      }
      if (clear == 0 && !ended) {
        search();
      }
      if (clear == 0) {
        return -1;
      }
      int n = Math.min(length, clear);
      System.arraycopy(buffer, start, target, offset, n);
      start += n;
      clear -= n;
      return n;
    }

    /** Makes bytes clear, or finds the delimiter at start. */
    private void search() throws IOException {
      while (true) {
        int last = end - delimiter.length;
        int at = start;
        while (at <= last && !(buffer[at] == '\r' && matches(at))) {
          at++;
        }
        ended = at <= last;
        clear = Math.max(0, at - start);
        if (ended || clear > 0) {
          return;
        }
        if (!fill()) {
          throw cut();
        }
      }
    }

    private boolean matches(int at) {
      for (int i = 0; i < delimiter.length; i++) {
        if (buffer[at + i] != delimiter[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
