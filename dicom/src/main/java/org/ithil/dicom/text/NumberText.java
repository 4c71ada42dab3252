package org.ithil.dicom.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import org.ithil.dicom.encoding.Vr;

/**
 * Binary numbers as text: integers plain, floating-point numbers with up to 17 significant digits
 * in the way of C's {@code %.17g}, tags as {@code gggg,eeee}; several values joined by backslashes.
 * The one place where this is done: what the index keeps and what clients are shown agree.
 */
public final class NumberText {
  private static final MathContext DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);
  private static final long EXACT = 1L << 53;
  private static final String HEX = "0123456789abcdef";

  private NumberText() {}

  /** True if values of this kind are shown as numbers. */
  public static boolean covers(Vr vr) {
    return vr.isBinaryNumber() || vr == Vr.OF || vr == Vr.OD || vr == Vr.OL || vr == Vr.OV;
  }

  /** Bytes of one number. */
  public static int size(Vr vr) {
    return vr == Vr.AT ? 4 : vr.unit();
  }

  /**
   * Appends numbers.
   *
   * @param bytes little endian; a rest that is shorter than one number is left out
   * @param limit characters after which nothing more is appended
   */
  public static void append(StringBuilder text, Vr vr, ByteBuffer bytes, int limit) {
    int size = size(vr);
    while (bytes.remaining() >= size && text.length() <= limit) {
      if (!text.isEmpty()) {
        text.append('\\');
      }
      appendOne(text, vr, bytes);
    }
  }

  private static void appendOne(StringBuilder text, Vr vr, ByteBuffer bytes) {
    switch (vr) {
      case US -> text.append(bytes.getShort() & 0xffff);
      case SS -> text.append(bytes.getShort());
      case UL, OL -> text.append(bytes.getInt() & 0xffffffffL);
      case SL -> text.append(bytes.getInt());
      case UV, OV -> text.append(Long.toUnsignedString(bytes.getLong()));
      case SV -> text.append(bytes.getLong());
      case FL, OF -> appendReal(text, bytes.getFloat());
      case FD, OD -> appendReal(text, bytes.getDouble());
      case AT -> {
        int group = bytes.getShort() & 0xffff;
        appendTag(text, group << 16 | bytes.getShort() & 0xffff);
      }
      default -> throw new IllegalArgumentException("no number: " + vr);
    }
  }

  /** {@code gggg,eeee} in lower case. */
  private static void appendTag(StringBuilder text, int tag) {
    for (int shift = 28; shift >= 0; shift -= 4) {
      text.append(HEX.charAt(tag >>> shift & 15));
      if (shift == 16) {
        text.append(',');
      }
    }
  }

  static void appendReal(StringBuilder text, double value) {
    if (Double.isNaN(value)) {
      text.append("nan");
    } else if (Double.isInfinite(value)) {
      text.append(value < 0 ? "-inf" : "inf");
    } else if (value == 0) {
      text.append(1 / value < 0 ? "-0" : "0");
    } else if (value == Math.rint(value) && Math.abs(value) < EXACT) {
      text.append((long) value);
    } else {
      appendDigits(text, value);
    }
  }

  private static void appendDigits(StringBuilder text, double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS);
    String digits = rounded.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - rounded.scale();
    int end = digits.length();
    while (end > 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (value < 0) {
      text.append('-');
    }
    if (exponent < -4 || exponent >= 17) {
      text.append(digits.charAt(0));
      if (end > 1) {
        text.append('.').append(digits, 1, end);
      }
      text.append('e').append(exponent < 0 ? '-' : '+');
      int size = Math.abs(exponent);
      text.append(size < 10 ? "0" : "").append(size);
    } else if (exponent < 0) {
      text.append("0.").repeat('0', -exponent - 1).append(digits, 0, end);
    } else if (end <= exponent + 1) {
      text.append(digits, 0, end).repeat('0', exponent + 1 - end);
    } else {
      text.append(digits, 0, exponent + 1).append('.').append(digits, exponent + 1, end);
    }
  }
}
