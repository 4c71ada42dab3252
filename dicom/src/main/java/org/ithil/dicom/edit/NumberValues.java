package org.ithil.dicom.edit;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.regex.Pattern;
import org.ithil.dicom.encoding.Vr;

/** Encodes numbers written as text, several of them joined by backslashes; little endian. */
final class NumberValues {
  private static final Pattern WHOLE = Pattern.compile("[+-]?[0-9]{1,20}");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?");

  private NumberValues() {}

  /**
   * Bytes of numbers.
   *
   * @param wraps whether US takes numbers from -65535 on, meaning 65536 more
   * @throws NumberFormatException if one is none, or out of range
   */
  static byte[] encode(String text, Vr vr, boolean wraps) {
    String[] numbers = text.split("\\\\", -1);
    ByteBuffer bytes = ByteBuffer.allocate(numbers.length * size(vr));
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    for (String number : numbers) {
      put(bytes, number.strip(), vr, wraps);
    }
    return bytes.array();
  }

  static boolean isNumber(Vr vr) {
    return vr != Vr.AT && vr != Vr.OB && vr != Vr.UN && (vr.isBinaryNumber() || vr.isBulk());
  }

  private static int size(Vr vr) {
    return vr.unit();
  }

  private static void put(ByteBuffer bytes, String number, Vr vr, boolean wraps) {
    switch (vr) {
      case US -> bytes.putShort((short) whole(number, wraps ? -0xffffL : 0, 0xffffL));
      case OW -> bytes.putShort((short) whole(number, 0, 0xffffL));
      case SS -> bytes.putShort((short) whole(number, Short.MIN_VALUE, Short.MAX_VALUE));
      case UL, OL -> bytes.putInt((int) whole(number, 0, 0xffffffffL));
      case SL -> bytes.putInt((int) whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case SV -> bytes.putLong(whole(number, Long.MIN_VALUE, Long.MAX_VALUE));
      case UV, OV -> bytes.putLong(unsigned(number));
      case FL, OF -> bytes.putFloat(single(number));
      case FD, OD -> bytes.putDouble(real(number));
      default -> throw new NumberFormatException("no numbers: " + vr);
    }
  }

  private static BigInteger integer(String number) {
    if (!WHOLE.matcher(number).matches()) {
      throw new NumberFormatException(number);
    }
    return new BigInteger(number);
  }

  private static long whole(String number, long least, long most) {
    BigInteger value = integer(number);
    if (value.compareTo(BigInteger.valueOf(least)) < 0
        || value.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new NumberFormatException(number);
    }
    return value.longValue();
  }

  private static long unsigned(String number) {
    BigInteger value = integer(number);
    if (value.signum() < 0 || value.bitLength() > 64) {
      throw new NumberFormatException(number);
    }
    return value.longValue();
  }

  private static double real(String number) {
    if (!REAL.matcher(number).matches()) {
      throw new NumberFormatException(number);
    }
    double value = Double.parseDouble(number);
    if (Double.isInfinite(value)) {
      throw new NumberFormatException(number);
    }
    return value;
  }

  private static float single(String number) {
    float value = (float) real(number);
    if (Float.isInfinite(value)) {
      throw new NumberFormatException(number);
    }
    return value;
  }
}
