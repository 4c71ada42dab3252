package org.ithil.web.tags;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * The value of an element as one text. Text keeps its leading blanks and all blanks between its
 * values, loses the trailing ones and ends at the first NUL; UIDs lose all blanks. Numbers are
 * those of {@link NumberText}.
 */
public final class ElementText {
  /** Larger values than this many bytes are never turned into text. */
  private static final int MOST = 16 << 20;

  private ElementText() {}

  /**
   * The text of an element in memory.
   *
   * @param characterSet that of the data set which the element is in
   * @return null for what has no text: sequences, fragments, bytes, and numbers without value (but
   *     OD, OF, OL and OV without value are empty)
   */
  public static @Nullable String of(Element element, SpecificCharacterSet characterSet) {
    return element.value() instanceof Value.Bytes(byte[] bytes)
        ? of(element.vr(), bytes, characterSet, Integer.MAX_VALUE)
        : null;
  }

  /**
   * The text of an element, wherever its value lies.
   *
   * @param values where located values lie
   * @param limit number of characters after which numbers may be cut off
   */
  static @Nullable String of(
      Element element, SpecificCharacterSet characterSet, ByteSource values, int limit)
      throws IOException {
    return switch (element.value()) {
      case Value.Bytes(byte[] bytes) -> of(element.vr(), bytes, characterSet, limit);
      case Value.Located(long offset, long length, boolean bigEndian) -> {
        boolean readable =
            length <= MOST && (element.vr().isText() || NumberText.covers(element.vr()));
        yield readable
            ? of(
                element.vr(),
                ByteOrders.littleEndian(
                    values.read(offset, (int) length), element.vr().unit(), bigEndian),
                characterSet,
                limit)
            : null;
      }
      case Value.Items _, Value.Fragments _ -> null;
    };
  }

  private static @Nullable String of(
      Vr vr, byte[] bytes, SpecificCharacterSet characterSet, int limit) {
    if (vr.isText()) {
      String text = trimmed(characterSet.decode(bytes, vr));
      return vr == Vr.UI ? text.replace(" ", "") : text;
    }
    if (!NumberText.covers(vr)) {
      return null;
    }
    StringBuilder text = new StringBuilder(16);
    NumberText.append(text, vr, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), limit);
    return text.isEmpty() && vr.isBinaryNumber() ? null : text.toString();
  }

  private static String trimmed(String text) {
    int nul = text.indexOf('\0');
    int end = nul < 0 ? text.length() : nul;
    while (end > 0 && text.charAt(end - 1) == ' ') {
      end--;
    }
    return text.substring(0, end);
  }
}
