package org.ithil.web.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a JSON document piece by piece in the layout that clients of the API know: three blanks
 * for each level, {@code "name" : value}, short arrays of scalars on one line, a line feed at the
 * end.
 *
 * <p>Names must be written in ascending order, as the reference sorts them; use {@link
 * JsonValue.Members} or a {@link java.util.TreeMap} where the order is not known beforehand.
 */
public final class JsonWriter implements Closeable {
  public JsonWriter(OutputStream out) {
    this.out = out;
  }

  private final OutputStream out;

  public JsonWriter beginObject() throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter endObject() throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter beginArray() throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter endArray() throws IOException {
    throw new IOException("not written yet");
  }

  /** The name of the next member. */
  public JsonWriter name(String name) throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter value(String text) throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter value(long number) throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter value(double number) throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter value(boolean flag) throws IOException {
    throw new IOException("not written yet");
  }

  public JsonWriter nullValue() throws IOException {
    throw new IOException("not written yet");
  }

  /** A member with a text value. */
  public JsonWriter member(String name, String text) throws IOException {
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

  /** Ends the document and hands everything to the stream, which stays open. */
  @Override
  public void close() throws IOException {
    out.flush();
  }
}
