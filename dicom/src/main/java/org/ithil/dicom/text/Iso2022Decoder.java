package org.ithil.dicom.text;

import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/** Decodes one text with the code extensions of PS3.5 6.1.2.5. Used once. */
final class Iso2022Decoder implements TextDecoder.Step {
  private static final byte ESCAPE = 0x1b;

  /** Bytes that are kept until the end of a run or of an escape sequence is there. */
  private static final int LONGEST_KEPT = 8 << 10;

  private final CodeElement lowAtStart;
  private final @Nullable CodeElement highAtStart;
  private final boolean extended;
  private final Vr vr;
  private CodeElement low;
  private @Nullable CodeElement high;

  Iso2022Decoder(
      CodeElement lowAtStart, @Nullable CodeElement highAtStart, boolean extended, Vr vr) {
    this.lowAtStart = lowAtStart;
    this.highAtStart = highAtStart;
    this.extended = extended;
    this.vr = vr;
    this.low = lowAtStart;
    this.high = highAtStart;
  }

  @Override
  public int decode(byte[] bytes, boolean last, StringBuilder out) {
    int at = 0;
    while (at < bytes.length) {
      byte b = bytes[at];
      int run = endOfRun(bytes, at, b);
      if (!last && run == bytes.length) {
        if (run - at <= LONGEST_KEPT) {
          return at;
        }
        run -= (run - at) % 2;
      }
      if (b == ESCAPE && extended) {
        at = escape(bytes, at);
      } else if (b < 0) {
        at = high(bytes, at, run, out);
      } else if (run > at) {
        low.decodePairs(bytes, at, run, out);
        at = run;
      } else {
        out.append((char) b);
        if (SpecificCharacterSet.isDelimiter(b, vr)) {
          reset();
        }
        at++;
      }
    }
    return at;
  }

  /**
   * The end of the bytes that can be decoded only together: characters of two bytes, an escape
   * sequence. The start if a byte stands for itself.
   */
  private int endOfRun(byte[] bytes, int at, byte first) {
    if (first == ESCAPE && extended) {
      int end = endOfRun(bytes, at + 1, 0x20, 0x2f);
      return Math.min(bytes.length, end + 1);
    }
    if (first < 0) {
      return high != null && high.width() == 2 ? endOfRun(bytes, at, 0xa1, 0xfe) : at;
    }
    return first > ' ' && first < 0x7f && low.width() == 2 ? endOfRun(bytes, at, 0x21, 0x7e) : at;
  }

  /**
   * The first value's sets are active again. Without a G1 set in the first value the last one
   * stays: right text does not use it, and some devices do not designate it again.
   */
  private void reset() {
    low = lowAtStart;
    if (highAtStart != null) {
      high = highAtStart;
    }
  }

  private int high(byte[] bytes, int at, int end, StringBuilder out) {
    CodeElement set = high;
    if (set == null) {
      return at + 1;
    }
    if (set.width() == 1) {
      set.decodeHigh(bytes[at], out);
      return at + 1;
    }
    if (end == at) {
      return at + 1;
    }
    set.decodePairs(bytes, at, end, out);
    return end;
  }

  /** Behind an escape sequence; an unknown one is dropped. */
  private int escape(byte[] bytes, int at) {
    CodeElement designated = CodeElement.designatedAt(bytes, at);
    if (designated != null) {
      if (designated.isHigh()) {
        high = designated;
      } else {
        low = designated;
      }
      return at + designated.escape().length;
    }
    int end = at + 1;
    while (end < bytes.length && bytes[end] >= 0x20 && bytes[end] <= 0x2f) {
      end++;
    }
    return Math.min(bytes.length, end > at + 1 ? end + 1 : end);
  }

  private static int endOfRun(byte[] bytes, int from, int lowest, int highest) {
    int end = from;
    while (end < bytes.length && (bytes[end] & 0xff) >= lowest && (bytes[end] & 0xff) <= highest) {
      end++;
    }
    return end;
  }
}
