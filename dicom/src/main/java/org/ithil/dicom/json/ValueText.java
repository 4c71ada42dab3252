package org.ithil.dicom.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** Values as texts, one by one, and back: numbers and tags as PS3.18 F.2.3 writes them. */
public final class ValueText {
  private static final BigInteger LONG_SIZE = BigInteger.ONE.shiftLeft(64);

  private ValueText() {}

  /**
   * The numbers of a binary value: integers in decimal, floating-point numbers with as many digits
   * as tell them apart as doubles, "nan", "inf", "-inf"; tags as "GGGGEEEE". OW, OL and OV are read
   * as unsigned, OB and UN as unsigned bytes. Bytes that make no whole number are dropped.
   */
  public static List<String> numbers(Vr vr, byte[] bytes) {
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    List<String> texts = new ArrayList<>();
    int size = size(vr);
    while (data.remaining() >= size) {
      texts.add(number(vr, data));
    }
    return texts;
  }

  private static int size(Vr vr) {
    return vr == Vr.AT ? 4 : vr.unit();
  }

  private static String number(Vr vr, ByteBuffer data) {
    return switch (vr) {
      case AT -> {
        int group = data.getShort() & 0xffff;
        yield String.format("%04X%04X", group, data.getShort() & 0xffff);
      }
      case US, OW -> Integer.toString(data.getShort() & 0xffff);
      case SS -> Short.toString(data.getShort());
      case UL, OL -> Integer.toUnsignedString(data.getInt());
      case SL -> Integer.toString(data.getInt());
      case UV, OV -> Long.toUnsignedString(data.getLong());
      case SV -> Long.toString(data.getLong());
      case FL, OF -> decimal(data.getFloat());
      case FD, OD -> decimal(data.getDouble());
      case OB, UN -> Integer.toString(data.get() & 0xff);
      case AE, AS, CS, DA, DS, DT, IS, LO, LT, PN, SH, SQ, ST, TM, UC, UI, UR, UT ->
          throw new IllegalArgumentException(vr + " holds no binary numbers");
    };
  }

  private static String decimal(double number) {
    if (Double.isNaN(number)) {
      return "nan";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "inf" : "-inf";
    }
    String text = Double.toString(number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /**
   * The bytes of values, padded to even length; text in UTF-8.
   *
   * @param texts null for a value that is empty
   * @throws IllegalArgumentException if the VR cannot hold a value, or is SQ
   */
  public static Value parse(Vr vr, List<@Nullable String> texts) {
    if (vr.isText()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < texts.size(); i++) {
        String text = texts.get(i);
        if (text != null && vr.isMultiValuedText() && text.indexOf('\\') >= 0) {
          throw new IllegalArgumentException("A value of " + vr + " holds a backslash");
        }
        all.append(i > 0 ? "\\" : "").append(text == null ? "" : text);
      }
      return padded(vr, SpecificCharacterSet.UTF_8.encode(all.toString(), vr));
    }
    if (vr == Vr.SQ) {
      throw new IllegalArgumentException("SQ holds items");
    }
    ByteBuffer data =
        ByteBuffer.allocate(Math.multiplyExact(texts.size(), size(vr)))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (String text : texts) {
      put(vr, text, data);
    }
    return padded(vr, data.array());
  }

  /** Bytes, padded to even length. */
  public static Value padded(Vr vr, byte[] bytes) {
    if (bytes.length % 2 == 0) {
      return bytes.length == 0 ? Value.EMPTY : new Value.Bytes(bytes);
    }
    byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    even[bytes.length] = vr.padding();
    return new Value.Bytes(even);
  }

  private static void put(Vr vr, @Nullable String text, ByteBuffer data) {
    switch (vr) {
      case AT -> {
        OptionalInt tag = text == null ? OptionalInt.empty() : Tags.parse(text);
        if (tag.isEmpty()) {
          throw new IllegalArgumentException("no tag: " + text);
        }
        data.putShort((short) Tags.group(tag.getAsInt()));
        data.putShort((short) Tags.element(tag.getAsInt()));
      }
      case FL, OF -> data.putFloat((float) floating(text));
      case FD, OD -> data.putDouble(floating(text));
      case OB, UN -> data.put(integer(text, 8, false).byteValue());
      case US, OW -> data.putShort(integer(text, 16, false).shortValue());
      case SS -> data.putShort(integer(text, 16, true).shortValue());
      case UL, OL -> data.putInt(integer(text, 32, false).intValue());
      case SL -> data.putInt(integer(text, 32, true).intValue());
      case UV, OV -> data.putLong(integer(text, 64, false).longValue());
      case SV -> data.putLong(integer(text, 64, true).longValue());
      case AE, AS, CS, DA, DS, DT, IS, LO, LT, PN, SH, SQ, ST, TM, UC, UI, UR, UT ->
          throw new IllegalArgumentException(vr + " holds no binary numbers");
    }
  }

  private static double floating(@Nullable String text) {
    return switch (text == null ? "nan" : text.strip().toLowerCase(java.util.Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      case String number -> {
        if (!number.matches("[+-]?[0-9.]+(e[+-]?[0-9]+)?")) {
          throw new NumberFormatException("no number: " + number);
        }
        yield Double.parseDouble(number);
      }
    };
  }

  private static BigInteger integer(@Nullable String text, int bits, boolean signed) {
    if (text == null || text.length() > 32) {
      throw new NumberFormatException("no integer");
    }
    BigDecimal decimal = new BigDecimal(text.strip());
    if (decimal.scale() < -20 || decimal.scale() > 32) {
      throw new NumberFormatException("no integer of " + bits + " bits: " + text);
    }
    BigInteger number = decimal.toBigIntegerExact();
    boolean fits =
        signed ? number.bitLength() < bits : number.signum() >= 0 && number.bitLength() <= bits;
    if (!fits) {
      throw new NumberFormatException("no integer of " + bits + " bits: " + text);
    }
    return number.compareTo(LONG_SIZE.shiftRight(1)) >= 0 ? number.subtract(LONG_SIZE) : number;
  }
}
