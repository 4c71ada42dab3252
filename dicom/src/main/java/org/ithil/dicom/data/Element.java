package org.ithil.dicom.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * One data element of PS3.5 7.1.
 *
 * @param tag see {@link Tags}
 * @param vr its value representation; UN if the file's was unknown
 * @param value what it holds
 */
public record Element(int tag, Vr vr, Value value) {
  /** True if it has neither bytes nor items nor fragments. */
  public boolean isEmpty() {
    return switch (value) {
      case Value.Bytes(byte[] bytes) -> bytes.length == 0;
      case Value.Located l -> l.length() == 0;
      case Value.Items(List<DataSet> items) -> items.isEmpty();
      case Value.Fragments f -> f.fragments().isEmpty();
    };
  }

  /** The items of a sequence, else none. */
  public List<DataSet> items() {
    return value instanceof Value.Items(List<DataSet> items) ? items : List.of();
  }

  /** The bytes if they are in memory, else none. */
  public byte[] bytes() {
    return value instanceof Value.Bytes(byte[] bytes) ? bytes : new byte[0];
  }

  /**
   * A text value as a whole, backslashes included: decoded, up to the first NUL, without trailing
   * blanks.
   *
   * @param characterSet that of the data set which the element is in
   */
  public String text(SpecificCharacterSet characterSet) {
    String all = characterSet.decode(bytes(), vr);
    int nul = all.indexOf('\0');
    int end = nul < 0 ? all.length() : nul;
    while (end > 0 && all.charAt(end - 1) == ' ') {
      end--;
    }
    return all.substring(0, end);
  }

  /** The values of a text element; trailing blanks of each are dropped. None if it is empty. */
  public List<String> texts(SpecificCharacterSet characterSet) {
    String all = text(characterSet);
    if (all.isEmpty()) {
      return List.of();
    }
    if (!vr.isMultiValuedText()) {
      return List.of(all);
    }
    List<String> values = new ArrayList<>();
    for (String value : all.split("\\\\", -1)) {
      values.add(value.stripTrailing());
    }
    return values;
  }

  /** The bytes in memory, to be read as numbers. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(bytes())
        .order(ByteOrder.LITTLE_ENDIAN)
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
