package org.ithil.dicom.deidentification;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Makes elements. */
final class Elements {
  private Elements() {}

  /** Text of the default repertoire. */
  static Element ascii(int tag, Vr vr, String text) {
    return padded(tag, vr, text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Text in a character set. */
  static Element text(int tag, Vr vr, String text, SpecificCharacterSet characterSet) {
    return padded(tag, vr, characterSet.encode(text, vr));
  }

  /** Bytes, brought to even length. */
  static Element padded(int tag, Vr vr, byte[] bytes) {
    byte[] even = bytes;
    if (bytes.length % 2 != 0) {
      even = Arrays.copyOf(bytes, bytes.length + 1);
      even[bytes.length] = vr.padding();
    }
    return new Element(tag, vr, new Value.Bytes(even));
  }

  /** The element without its value; a sequence without items. */
  static Element emptied(Element element) {
    Value nothing =
        element.value() instanceof Value.Items ? new Value.Items(List.of()) : Value.EMPTY;
    return new Element(element.tag(), element.vr(), nothing);
  }

  /**
   * An element of unknown representation (UN) with that which the dictionary knows, so that rules
   * for texts and UIDs apply; sequences stay unknown.
   */
  static Element known(Element element) {
    if (element.vr() != Vr.UN || !(element.value() instanceof Value.Bytes)) {
      return element;
    }
    Vr vr = Dictionary.vrOf(element.tag());
    return vr == Vr.UN || vr == Vr.SQ ? element : new Element(element.tag(), vr, element.value());
  }

  static Element sequence(int tag, List<DataSet> items) {
    return new Element(tag, Vr.SQ, new Value.Items(items));
  }

  /** An item of a code sequence, PS3.3 8.8. */
  static DataSet code(String value, String scheme, String meaning) {
    return DataSet.of(
        List.of(
            ascii(Tag.CodeValue, Vr.SH, value),
            ascii(Tag.CodingSchemeDesignator, Vr.SH, scheme),
            ascii(Tag.CodeMeaning, Vr.LO, meaning)));
  }
}
