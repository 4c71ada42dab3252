package org.ithil.archive.index.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Numbered texts as one compact value: for each the number and the length in bytes (7 bits a byte,
 * lowest first, high bit set if more follow), then UTF-8.
 */
final class Documents {
  private Documents() {}

  /** In the order of the map. Numbers are unsigned. */
  static byte[] write(Map<Integer, String> texts) {
    byte[] out = new byte[256];
    int at = 0;
    for (Map.Entry<Integer, String> entry : texts.entrySet()) {
      byte[] text = entry.getValue().getBytes(StandardCharsets.UTF_8);
      if (out.length - at < text.length + 10) {
        out = Arrays.copyOf(out, Math.max(out.length * 2, at + text.length + 10));
      }
      at = writeNumber(out, at, entry.getKey());
      at = writeNumber(out, at, text.length);
      System.arraycopy(text, 0, out, at, text.length);
      at += text.length;
    }
    return Arrays.copyOf(out, at);
  }

  /** In the order that they were written in. */
  static Map<Integer, String> read(byte[] document) {
    Map<Integer, String> texts = new LinkedHashMap<>();
    Cursor cursor = new Cursor(document);
    while (cursor.at < document.length) {
      int number = cursor.number();
      int length = cursor.number();
      texts.put(number, new String(document, cursor.at, length, StandardCharsets.UTF_8));
      cursor.at += length;
    }
    return texts;
  }

  /** One text; empty if it is not there. */
  static Optional<String> find(byte[] document, int wanted) {
    Cursor cursor = new Cursor(document);
    while (cursor.at < document.length) {
      int number = cursor.number();
      int length = cursor.number();
      if (number == wanted) {
        return Optional.of(new String(document, cursor.at, length, StandardCharsets.UTF_8));
      }
      cursor.at += length;
    }
    return Optional.empty();
  }

  private static int writeNumber(byte[] out, int start, int number) {
    int at = start;
    int rest = number;
    while ((rest & ~0x7f) != 0) {
      out[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    out[at++] = (byte) rest;
    return at;
  }

  private static final class Cursor {
    private final byte[] bytes;
    private int at;

    Cursor(byte[] bytes) {
      this.bytes = bytes;
    }

    int number() {
      int number = 0;
      int shift = 0;
      byte b;
      do {
        b = bytes[at++];
        number |= (b & 0x7f) << shift;
        shift += 7;
      } while (b < 0);
      return number;
    }
  }
}
