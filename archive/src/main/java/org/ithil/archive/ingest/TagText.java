package org.ithil.archive.ingest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** The text of an element as the index keeps it. */
final class TagText {
  /** Longer values, in bytes, are not kept as text. */
  static final int LONGEST = 256;

  private TagText() {}

  /**
   * Text as it is (UIDs without blanks), numbers in decimal joined by "\"; empty for sequences,
   * binary values, empty numbers, and for what is longer than {@link #LONGEST}.
   */
  static Optional<String> of(Element element, SpecificCharacterSet characterSet) {
    if (!(element.value() instanceof Value.Bytes(byte[] bytes)) || bytes.length > LONGEST) {
      return Optional.empty();
    }
    Vr vr = element.vr();
    if (vr.isText()) {
      String text = element.text(characterSet);
      return Optional.of(vr == Vr.UI ? text.replace(" ", "") : text);
    }
    return vr.isBinaryNumber() && bytes.length > 0
        ? Optional.of(numbers(element))
        : Optional.empty();
  }

  private static String numbers(Element element) {
    ByteBuffer buffer = element.buffer();
    List<String> numbers = new ArrayList<>();
    int size = element.vr() == Vr.AT ? 4 : element.vr().unit();
    while (buffer.remaining() >= size) {
      numbers.add(
          switch (element.vr()) {
            case US -> Integer.toString(buffer.getShort() & 0xffff);
            case SS -> Short.toString(buffer.getShort());
            case UL -> Integer.toUnsignedString(buffer.getInt());
            case SL -> Integer.toString(buffer.getInt());
            case UV -> Long.toUnsignedString(buffer.getLong());
            case SV -> Long.toString(buffer.getLong());
            case FL -> real(buffer.getFloat());
            case FD -> real(buffer.getDouble());
            case AT -> {
              int group = buffer.getShort() & 0xffff;
              yield Tags.format(Tags.of(group, buffer.getShort() & 0xffff), ',');
            }
            default -> throw new IllegalArgumentException("no number: " + element.vr());
          });
    }
    return String.join("\\", numbers);
  }

  private static String real(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
