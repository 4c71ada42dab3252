package org.ithil.archive.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Writes a JSON document piece by piece in the layout that clients of the API know: one member or
 * item a line, three blanks for each level, {@code "name" : value}, opening brackets on a line of
 * their own, empty ones as {@code []} and {@code {}}, everything beyond ASCII escaped, no line feed
 * at the end.
 *
 * <p>Names must be written in ascending order, as the reference sorts them; use {@link
 * JsonValue.Members} or a {@link java.util.TreeMap} where the order is not known beforehand.
 *
 * <p>Not safe for several threads. Bytes are collected and handed to the stream in pieces of 8 KiB.
 */
public final class JsonWriter implements Closeable {
  private static final int BUFFER = 8192;

  /** Letters that are written at once. */
  private static final int PIECE = 1024;

  /** True for the letters that stand for themselves. */
  private static final boolean[] PLAIN = new boolean[0x80];

  static {
    java.util.Arrays.fill(PLAIN, 0x20, 0x80, true);
    PLAIN['"'] = false;
    PLAIN['\\'] = false;
  }

  private static final String ORDINARY = "   ";
  private static final byte[] ORDINARY_BLANKS = blanks(ORDINARY);

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream out;
  private final int indent;

  /** What stands before lines of some levels. */
  private final byte[] blanks;

  private final byte[] buffer = new byte[BUFFER];
  private int used;
  private int depth;
  private boolean empty = true;
  private boolean named;

  /** A writer in the layout of ordinary answers. */
  public JsonWriter(OutputStream out) {
    this(out, ORDINARY.length(), ORDINARY_BLANKS);
  }

  /**
   * A writer with its own indentation.
   *
   * @param indent what stands before a line for each level
   */
  public JsonWriter(OutputStream out, String indent) {
    this(out, indent.length(), blanks(indent));
  }

  private JsonWriter(OutputStream out, int indent, byte[] blanks) {
    this.out = out;
    this.indent = indent;
    this.blanks = blanks;
  }

  private static byte[] blanks(String indent) {
    return indent.repeat(16).getBytes(StandardCharsets.US_ASCII);
  }

  public JsonWriter beginObject() throws IOException {
    return begin('{');
  }

  public JsonWriter endObject() throws IOException {
    return end('{', '}');
  }

  public JsonWriter beginArray() throws IOException {
    return begin('[');
  }

  public JsonWriter endArray() throws IOException {
    return end('[', ']');
  }

  /** The name of the next member. */
  public JsonWriter name(String name) throws IOException {
    item();
    quoted(name);
    put(' ');
    put(':');
    put(' ');
    named = true;
    return this;
  }

  /** The name of the next member, prepared. */
  public JsonWriter name(JsonText name) throws IOException {
    item();
    prepared(name);
    put(' ');
    put(':');
    put(' ');
    named = true;
    return this;
  }

  /** A prepared text. */
  public JsonWriter value(JsonText text) throws IOException {
    item();
    prepared(text);
    return this;
  }

  private void prepared(JsonText text) throws IOException {
    byte[] quoted = text.quoted();
    room(quoted.length);
    System.arraycopy(quoted, 0, buffer, used, quoted.length);
    used += quoted.length;
  }

  /** A text, or null. */
  public JsonWriter value(@Nullable String text) throws IOException {
    item();
    if (text == null) {
      ascii("null");
    } else {
      quoted(text);
    }
    return this;
  }

  /** Begins a text that comes in pieces. */
  public JsonWriter beginText() throws IOException {
    item();
    put('"');
    return this;
  }

  /** A piece of a text. */
  public JsonWriter piece(String text) throws IOException {
    letters(text);
    return this;
  }

  public JsonWriter endText() throws IOException {
    put('"');
    return this;
  }

  public JsonWriter value(long number) throws IOException {
    item();
    ascii(Long.toString(number));
    return this;
  }

  /** A number with fraction: up to 17 digits, always with a point or an exponent. */
  public JsonWriter value(double number) throws IOException {
    item();
    ascii(Numbers.text(number));
    return this;
  }

  public JsonWriter value(boolean flag) throws IOException {
    item();
    ascii(flag ? "true" : "false");
    return this;
  }

  public JsonWriter nullValue() throws IOException {
    return value((String) null);
  }

  /** A member with a text value, or null. */
  public JsonWriter member(String name, @Nullable String text) throws IOException {
    return name(name).value(text);
  }

  /** A member with a number. */
  public JsonWriter member(String name, long number) throws IOException {
    return name(name).value(number);
  }

  /** A member with a truth value. */
  public JsonWriter member(String name, boolean flag) throws IOException {
    return name(name).value(flag);
  }

  /** A member that writes itself. */
  public JsonWriter member(String name, JsonPart part) throws IOException {
    name(name);
    part.write(this);
    return this;
  }

  /** A member that is an array of texts. */
  public JsonWriter member(String name, Iterable<String> texts) throws IOException {
    return name(name).texts(texts);
  }

  /** An array of texts. */
  public JsonWriter texts(Iterable<String> texts) throws IOException {
    beginArray();
    for (String text : texts) {
      value(text);
    }
    return endArray();
  }

  /** Hands everything to the stream, which stays open. */
  @Override
  public void close() throws IOException {
    drain();
    out.flush();
  }

  /*
   * An opening bracket waits (depth counts it, empty says that nothing followed yet) until it is
   * known whether something follows: "[]" stands where the value stands, "[" on a line of its own.
   */
  private JsonWriter begin(char bracket) throws IOException {
    if (depth > 0 && empty) {
      open();
    } else if (depth > 0 && !named) {
      put(',');
    }
    pending[depth] = bracket;
    pendingNamed[depth] = named;
    named = false;
    depth++;
    if (depth == pending.length) {
      grow();
    }
    empty = true;
    return this;
  }

  private char[] pending = new char[16];
  private boolean[] pendingNamed = new boolean[16];

  private void grow() {
    pending = java.util.Arrays.copyOf(pending, depth * 2);
    pendingNamed = java.util.Arrays.copyOf(pendingNamed, depth * 2);
  }

  /** Writes the bracket that waits: something follows. */
  private void open() throws IOException {
    int level = depth - 1;
    if (level > 0) {
      line(level);
    }
    put(pending[level]);
    empty = false;
  }

  private JsonWriter end(char opening, char closing) throws IOException {
    if (depth == 0 || pending[depth - 1] != opening || named) {
      throw new IllegalStateException("no " + opening + " to close");
    }
    depth--;
    if (empty) {
      if (depth > 0 && !pendingNamed[depth]) {
        line(depth);
      }
      put(opening);
    } else {
      line(depth);
    }
    put(closing);
    empty = false;
    named = false;
    return this;
  }

  /** What stands before a member's name, or before a scalar. */
  private void item() throws IOException {
    if (named) {
      named = false;
      return;
    }
    if (depth > 0) {
      if (empty) {
        open();
      } else {
        put(',');
      }
      line(depth);
    }
    empty = false;
  }

  private void line(int level) throws IOException {
    put('\n');
    for (int left = level * indent; left > 0; left -= blanks.length) {
      int count = Math.min(left, blanks.length);
      room(count);
      System.arraycopy(blanks, 0, buffer, used, count);
      used += count;
    }
  }

  private void quoted(String text) throws IOException {
    put('"');
    letters(text);
    put('"');
  }

  private void letters(String text) throws IOException {
    int length = text.length();
    for (int start = 0; start < length; start += PIECE) {
      int end = Math.min(start + PIECE, length);
      room(end - start);
      int at = used;
      int i = start;
      while (i < end && isPlain(text.charAt(i))) {
        buffer[at++] = (byte) text.charAt(i++);
      }
      used = at;
      for (; i < end; i++) {
        char c = text.charAt(i);
        if (isPlain(c)) {
          put(c);
        } else {
          escaped(c);
        }
      }
    }
  }

  private static boolean isPlain(char c) {
    return c < 0x80 && PLAIN[c];
  }

  private void escaped(char c) throws IOException {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\b' -> put('b');
      case '\f' -> put('f');
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      default -> {
        put('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
          put(HEX[c >> shift & 15]);
        }
      }
    }
  }

  private void ascii(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  /** Makes room for that many bytes, at most {@link #PIECE}. */
  private void room(int bytes) throws IOException {
    if (BUFFER - used < bytes) {
      drain();
    }
  }

  private void put(int octet) throws IOException {
    if (used == BUFFER) {
      drain();
    }
    buffer[used++] = (byte) octet;
  }

  private void drain() throws IOException {
    out.write(buffer, 0, used);
    used = 0;
  }
}
