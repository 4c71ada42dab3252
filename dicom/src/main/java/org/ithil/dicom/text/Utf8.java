package org.ithil.dicom.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 that is not always right: what is wrong is dropped, as the reference drops it. */
final class Utf8 {
  private static final int[] SMALLEST = {0, 0x80, 0x800, 0x10000};

  private Utf8() {}

  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return decodeBroken(bytes);
    }
  }

  /**
   * A first byte takes as many bytes as it announces, up to and with the first one that does not
   * belong to it; if they make no character all of them are dropped.
   */
  private static String decodeBroken(byte[] bytes) {
    StringBuilder out = new StringBuilder(bytes.length);
    decode(bytes, true, out);
    return out.toString();
  }

  /** As {@link TextDecoder.Step} wants it: leaves a character whose end is not there. */
  static int decode(byte[] bytes, boolean last, StringBuilder out) {
    int at = 0;
    while (at < bytes.length) {
      byte first = bytes[at];
      if (!last && first < 0 && following(first & 0xff) >= bytes.length - at) {
        return at;
      }
      at++;
      if (first >= 0) {
        out.append((char) first);
        continue;
      }
      int more = following(first & 0xff);
      int point = first & (0x3f >> more);
      boolean good = more > 0;
      for (int i = 0; i < more && good; i++) {
        good = at < bytes.length && (bytes[at] & 0xc0) == 0x80;
        point = good ? point << 6 | (bytes[at] & 0x3f) : 0;
        at++;
      }
      if (good && isCharacter(point, more)) {
        out.appendCodePoint(point);
      }
    }
    return Math.min(at, bytes.length);
  }

  private static boolean isCharacter(int point, int more) {
    return point >= SMALLEST[more]
        && Character.isValidCodePoint(point)
        && (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE);
  }

  /** Bytes behind a first byte; 0 if it cannot be one. */
  private static int following(int first) {
    if (first < 0xc2 || first > 0xf4) {
      return 0;
    }
    return first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  }
}
