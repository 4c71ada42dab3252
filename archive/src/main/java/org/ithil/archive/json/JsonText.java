package org.ithil.archive.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A short text that is written often: quoted and escaped once. Immutable. */
public final class JsonText {
  private static final int LONGEST = 128;

  private final byte[] quoted;

  private JsonText(byte[] quoted) {
    this.quoted = quoted;
  }

  /**
   * Prepares a text.
   *
   * @throws IllegalArgumentException if it is longer than 128 letters
   */
  public static JsonText of(String text) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException("too long to be written often");
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      writer.value(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new JsonText(out.toByteArray());
  }

  byte[] quoted() {
    return quoted;
  }
}
