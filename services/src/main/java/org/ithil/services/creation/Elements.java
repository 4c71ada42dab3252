package org.ithil.services.creation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** New elements of the standard. */
final class Elements {
  private Elements() {}

  /** A text in the default repertoire. */
  static Element text(int tag, String text) {
    return text(tag, text, SpecificCharacterSet.ASCII);
  }

  static Element text(int tag, String text, SpecificCharacterSet characterSet) {
    Vr vr = Dictionary.vrOf(tag);
    return new Element(tag, vr, new Value.Bytes(padded(characterSet.encode(text, vr), vr)));
  }

  private static byte[] padded(byte[] bytes, Vr vr) {
    if (bytes.length % 2 == 0) {
      return bytes;
    }
    byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + 1);
    even[bytes.length] = vr.padding();
    return even;
  }

  /** Numbers of 16 bits. */
  static Element unsigned(int tag, int number) {
    byte[] bytes =
        ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) number).array();
    return new Element(tag, Vr.US, new Value.Bytes(bytes));
  }

  /** A number of 32 bits. */
  static Element unsignedLong(int tag, long number) {
    byte[] bytes =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) number).array();
    return new Element(tag, Vr.UL, new Value.Bytes(bytes));
  }

  /** A tag as value. */
  static Element pointer(int tag, int to) {
    byte[] bytes =
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) (to >> 16))
            .putShort((short) to)
            .array();
    return new Element(tag, Vr.AT, new Value.Bytes(bytes));
  }

  /** An element without value: no bytes, no items. */
  static Element empty(int tag) {
    Vr vr = Dictionary.vrOf(tag);
    return new Element(tag, vr, vr == Vr.SQ ? new Value.Items(List.of()) : Value.EMPTY);
  }
}
