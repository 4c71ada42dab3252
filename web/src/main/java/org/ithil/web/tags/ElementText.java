package org.ithil.web.tags;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ithil.archive.json.JsonWriter;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.TextValues;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.NumberText;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * The value of an element as one text. Text keeps its leading blanks and all blanks between its
 * values, loses the trailing ones and ends at the first NUL; UIDs lose all blanks. Numbers are
 * those of {@link NumberText}.
 */
public final class ElementText {
  /** Bytes of numbers that are written at once: a multiple of every unit. */
  private static final int PIECE = 16 << 10;

  private ElementText() {}

  /**
   * The text of an element in memory.
   *
   * @param characterSet that of the data set which the element is in
   * @return null for what has no text: sequences, fragments, bytes, and numbers without value (but
   *     OD, OF, OL and OV without value are empty)
   */
  public static @Nullable String of(Element element, SpecificCharacterSet characterSet) {
    return of(element, characterSet, Integer.MAX_VALUE);
  }

  /**
   * As above.
   *
   * @param limit number of characters after which numbers may be cut off
   */
  static @Nullable String of(Element element, SpecificCharacterSet characterSet, int limit) {
    return element.value() instanceof Value.Bytes(byte[] bytes)
        ? of(element.vr(), bytes, characterSet, limit)
        : null;
  }

  /** True for an element that {@link #write} can write: it has text, but not in memory. */
  static boolean isElsewhere(Element element) {
    Vr vr = element.vr();
    return element.value() instanceof Value.Located located
        && (vr.isText() || NumberText.covers(vr) && located.length() >= NumberText.size(vr));
  }

  /**
   * Writes the text of an element whose value is located, piece by piece.
   *
   * @param values where the value lies
   */
  static void write(
      Element element, SpecificCharacterSet characterSet, ByteSource values, JsonWriter json)
      throws IOException {
    Vr vr = element.vr();
    json.beginText();
    if (vr.isText()) {
      TextValues.readWhole(
          element,
          characterSet,
          values,
          new TextValues.Sink() {
            @Override
            public void text(String piece) throws IOException {
              json.piece(vr == Vr.UI ? piece.replace(" ", "") : piece);
            }

            @Override
            public void end() {}
          });
    } else if (element.value() instanceof Value.Located located) {
      StringBuilder text = new StringBuilder();
      located.read(
          values,
          vr,
          PIECE,
          piece -> {
            boolean first = text.isEmpty();
            text.setLength(0);
            NumberText.append(text, vr, littleEndian(piece), Integer.MAX_VALUE);
            json.piece(first || text.isEmpty() ? text.toString() : "\\" + text);
          });
    }
    json.endText();
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
    NumberText.append(text, vr, littleEndian(bytes), limit);
    return text.isEmpty() && vr.isBinaryNumber() ? null : text.toString();
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
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
