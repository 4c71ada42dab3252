package org.ithil.web.tags;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * The value of an element as one text. Text keeps its leading blanks and all blanks between its
 * values, loses the trailing ones and ends at the first NUL; numbers are those of {@link
 * NumberText}.
 */
public final class ElementText {
  /** Larger values than this many bytes are never turned into text. */
  private static final int MOST = 16 << 20;

  private static final byte ESCAPE = 0x1b;

  private ElementText() {}

  /**
   * The text of an element in memory.
   *
   * @param characterSet that of the data set which the element is in
   * @return null for what has no text: sequences, fragments, bytes, numbers without value
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
      return trimmed(isPlain(bytes, vr.usesCharacterSet()) ? latin(bytes) : characterSet.decode(bytes, localVr(vr)));
    }
    if (!NumberText.covers(vr)) {
      return null;
    }
    StringBuilder text = new StringBuilder(16);
    NumberText.append(
        text, vr, ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), limit);
    return text.isEmpty() ? null : text.toString();
  }

  /** Text that may hold only the default repertoire is decoded as the text around it, if need be. */
  private static Vr localVr(Vr vr) {
    return vr.usesCharacterSet() ? vr : Vr.LO;
  }

  /**
   * True if the bytes mean the same in every character set that DICOM knows. The backslash and the
   * tilde do not: ISO-IR 13 has a yen sign and an overline there.
   */
  private static boolean isPlain(byte[] bytes, boolean local) {
    for (byte b : bytes) {
      if (b < 0 || b == ESCAPE || local && (b == '\\' || b == '~')) {
        return false;
      }
    }
    return true;
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private static String trimmed(String text) {
    int nul = text.indexOf('\0');
    String whole = nul < 0 ? text : text.substring(0, nul);
    int end = whole.length();
    while (end > 0 && whole.charAt(end - 1) == ' ') {
      end--;
    }
    return whole.substring(0, end);
  }
}
