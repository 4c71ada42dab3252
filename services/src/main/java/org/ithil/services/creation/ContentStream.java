package org.ithil.services.creation;

import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.json.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document on its way to a reader, less the data URIs of the fields "Content": these go to
 * the spool while they arrive, and a mark takes their place. So a video of gigabytes is never in
 * memory. Everything else passes unchanged, JSON or not.
 *
 * <p>Only strings, comments and brackets are told apart:
 *
 * <pre>
 * {"Tags": {...}, "Content": "data:video/mp4;base64,AAAA..."}
 * {"Tags": {...}, "Content": "MARK:0"}
 * </pre>
 */
final class ContentStream extends FilterInputStream {
  private static final String FIELD = "Content";
  private static final int LONGEST_HEAD = 256;
  private static final int PIECE = 4 << 10;

  /** What the next byte belongs to. */
  private enum State {
    BETWEEN,
    STRING,
    ESCAPE,
    SLASH,
    LINE_COMMENT,
    COMMENT,
    STAR
  }

  private final Spool spool;
  private final String mark;
  private final List<Content> contents = new ArrayList<>();
  private final Deque<Around> around = new ArrayDeque<>();
  private final byte[] input = new byte[16 << 10];
  private int at;
  private int end;
  private final Passing passing = new Passing();
  private final StringBuilder text = new StringBuilder();
  private State state = State.BETWEEN;

  /** Bytes that wait to be read. */
  private static final class Passing extends ByteArrayOutputStream {
    int from;

    int take(byte[] into, int offset, int length) {
      int n = Math.min(length, count - from);
      System.arraycopy(buf, from, into, offset, n);
      from += n;
      if (from == count) {
        from = 0;
        reset();
      }
      return n;
    }

    boolean isEmpty() {
      return from == count;
    }
  }

  /** An array or object that is open. */
  private static final class Around {
    final boolean object;
    String key;
    boolean value;

    Around(boolean object, String key) {
      this.object = object;
      this.key = key;
    }
  }

  /**
   * @param mark text that no client can foresee
   */
  ContentStream(InputStream in, Spool spool, String mark) {
    super(in);
    this.spool = spool;
    this.mark = mark;
    around.push(new Around(false, ""));
  }

  /** What was taken out, in order. */
  List<Content> contents() {
    return contents;
  }

  /** The content in whose place a text stands; empty if it is any other text. */
  Optional<Content> of(String text) {
    return text.startsWith(mark + ':')
        ? Optional.of(contents.get(Integer.parseInt(text.substring(mark.length() + 1))))
        : Optional.empty();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    boolean more = true;
    while (more && passing.size() < PIECE) {
      more = step();
    }
    return passing.isEmpty() ? -1 : passing.take(into, offset, length);
  }

  /** Looks for the end of the stream behind the document; what else follows is left. */
  void seeEnd() throws IOException {
    if (at == end) {
      in.readNBytes(1);
    }
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /** The next byte; -1 at the end. */
  private int next() throws IOException {
    if (at == end) {
      end = in.read(input);
      at = 0;
      if (end <= 0) {
        end = 0;
        return -1;
      }
    }
    return input[at++] & 0xff;
  }

  /** Passes something on, at most a piece; false at the end. */
  private boolean step() throws IOException {
    int b = next();
    if (b < 0) {
      return false;
    }
    switch (state) {
      case BETWEEN -> between(b);
      case STRING -> {
        passing.write(b);
        inString(b);
      }
      case ESCAPE -> {
        passing.write(b);
        state = State.STRING;
      }
      case SLASH -> {
        passing.write(b);
        state =
            switch (b) {
              case '/' -> State.LINE_COMMENT;
              case '*' -> State.COMMENT;
              default -> State.BETWEEN;
            };
      }
      case LINE_COMMENT -> {
        passing.write(b);
        state = b == '\n' || b == '\r' ? State.BETWEEN : state;
      }
      case COMMENT -> {
        passing.write(b);
        state = b == '*' ? State.STAR : state;
      }
      case STAR -> {
        passing.write(b);
        state =
            switch (b) {
              case '/' -> State.BETWEEN;
              case '*' -> State.STAR;
              default -> State.COMMENT;
            };
      }
    }
    return true;
  }

  private void between(int b) throws IOException {
    switch (b) {
      case '"' -> string();
      case '{' -> open(true);
      case '[' -> open(false);
      case '}', ']' -> close(b);
      case ':' -> {
        passing.write(b);
        current().value = true;
      }
      case ',' -> {
        passing.write(b);
        current().value = false;
      }
      case '/' -> {
        passing.write(b);
        state = State.SLASH;
      }
      default -> passing.write(b);
    }
  }

  private static CreationException malformed() {
    return new CreationException(CreationException.Problem.BAD_REQUEST, "");
  }

  private Around current() {
    return around.getFirst();
  }

  private void open(boolean object) throws IOException {
    if (around.size() > JsonReader.NESTING) {
      throw malformed();
    }
    passing.write(object ? '{' : '[');
    around.push(new Around(object, object ? "" : current().key));
  }

  private void close(int bracket) {
    passing.write(bracket);
    if (around.size() > 1) {
      around.pop();
    }
  }

  private void string() throws IOException {
    Around place = current();
    if (isValue(place) && place.key.equals(FIELD)) {
      content();
      return;
    }
    passing.write('"');
    text.setLength(0);
    state = State.STRING;
  }

  private static boolean isValue(Around place) {
    return !place.object || place.value;
  }

  private void inString(int b) {
    if (b == '\\') {
      state = State.ESCAPE;
    } else if (b != '"') {
      if (text.length() < LONGEST_HEAD) {
        text.append((char) b);
      }
    } else {
      state = State.BETWEEN;
      Around place = current();
      if (!isValue(place)) {
        place.key = text.toString();
      }
    }
  }

  private void content() throws IOException {
    StringBuilder head = new StringBuilder();
    int b = letter();
    while (b >= 0 && b != ',' && head.length() < LONGEST_HEAD) {
      head.append((char) b);
      b = letter();
    }
    @Nullable String type = b == ',' ? Content.type(head.toString()).orElse(null) : null;
    if (type == null) {
      // No data URI: the text goes on as it is, so that the reader can judge it.
      passing.write('"');
      for (int i = 0; i < head.length(); i++) {
        escaped(head.charAt(i));
      }
      if (b >= 0) {
        escaped(b);
        text.setLength(0);
        state = State.STRING;
      } else {
        passing.write('"');
      }
      return;
    }
    try (Spool.Writer out = spool.open()) {
      LetterDecoder sink = new LetterDecoder(out);
      for (int letter = letter(); letter >= 0; letter = letter()) {
        sink.letter(letter);
      }
      contents.add(new Content(type, sink.finish() ? out.finish() : null));
    }
    String place = '"' + mark + ':' + (contents.size() - 1) + '"';
    passing.writeBytes(place.getBytes(StandardCharsets.US_ASCII));
  }

  private void escaped(int letter) {
    if (letter == '"' || letter == '\\' || letter < ' ') {
      passing.writeBytes(String.format("\\u%04x", letter).getBytes(StandardCharsets.US_ASCII));
    } else {
      passing.write(letter);
    }
  }

  /** The next byte of a string, escapes undone as far as they are ASCII; -1 at its end. */
  private int letter() throws IOException {
    int b = next();
    if (b == '"') {
      return -1;
    }
    if (b < 0) {
      throw malformed();
    }
    if (b != '\\') {
      return b;
    }
    int escape = next();
    return switch (escape) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> hexadecimal();
      case -1 -> throw malformed();
      default -> escape;
    };
  }

  /** Letters beyond ASCII have no place in a data URI: any other letter that has none will do. */
  private int hexadecimal() throws IOException {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(next(), 16);
      if (digit < 0) {
        throw malformed();
      }
      value = value << 4 | digit;
    }
    return value < 128 ? value : '?';
  }

  /** Does nothing: readers of JSON close what they read, and the contents are needed longer. */
  @Override
  public void close() {}

  /** Lets all go that was taken out. */
  void discard() {
    contents.forEach(Content::close);
  }
}
