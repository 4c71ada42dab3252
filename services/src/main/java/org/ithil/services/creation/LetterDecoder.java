package org.ithil.services.creation;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Decodes base64 (RFC 4648 4) that comes letter by letter; the padding at the end may be left out.
 */
final class LetterDecoder {
  private static final byte[] VALUES = values();
  private static final int PADDING = 64;
  private static final int NONE = 65;

  private final OutputStream out;
  private final byte[] buffer = new byte[8 << 10];
  private int buffered;
  private int bits;
  private int letters;
  private int padding;
  private boolean sound = true;

  LetterDecoder(OutputStream out) {
    this.out = out;
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) NONE);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** Takes a letter; what comes behind a wrong one is not looked at. */
  void letter(int letter) throws IOException {
    int value = letter < 0 || letter > 127 ? NONE : VALUES[letter];
    if (value == PADDING) {
      padding++;
    } else if (value == NONE || padding > 0) {
      sound = false;
    } else {
      bits = bits << 6 | value;
      if (++letters == 4) {
        put(bits >> 16);
        put(bits >> 8);
        put(bits);
        letters = 0;
        bits = 0;
      }
    }
  }

  private void put(int octet) throws IOException {
    if (buffered == buffer.length) {
      out.write(buffer, 0, buffered);
      buffered = 0;
    }
    buffer[buffered++] = (byte) octet;
  }

  /** Writes the rest; returns whether all was base64. */
  boolean finish() throws IOException {
    sound &= letters != 1 && (padding == 0 || letters + padding == 4);
    if (letters == 2) {
      put(bits >> 4);
    } else if (letters == 3) {
      put(bits >> 10);
      put(bits >> 2);
    }
    out.write(buffer, 0, buffered);
    return sound;
  }
}
