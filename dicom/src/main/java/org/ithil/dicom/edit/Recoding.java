package org.ithil.dicom.edit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Writes the text of data sets in another character set, PS3.3 C.12.1.1.2. */
public final class Recoding {
  /** Most bytes of a located text that is read for it. */
  private static final int LARGEST = 16 << 20;

  private static final byte ESCAPE = 0x1b;

  private final ByteSource values;
  private final SpecificCharacterSet target;

  private Recoding(ByteSource values, SpecificCharacterSet target) {
    this.values = values;
    this.target = target;
  }

  /**
   * All text in items too, and Specific Character Set (0008,0005). Characters that the set lacks
   * are dropped.
   *
   * @param values where located text lies
   * @param inherited what counts where the data set declares nothing
   * @param target declared by the result
   * @throws EditException if a located text is too long
   */
  public static DataSet recode(
      DataSet dataSet,
      ByteSource values,
      SpecificCharacterSet inherited,
      SpecificCharacterSet target) {
    DataSet recoded = new Recoding(values, target).recode(dataSet, inherited);
    return recoded.with(declared(target));
  }

  /** The element that declares a set. */
  private static Element declared(SpecificCharacterSet set) {
    byte[] terms = String.join("\\", set.terms()).getBytes(StandardCharsets.US_ASCII);
    return new Element(
        Tag.SpecificCharacterSet, Vr.CS, new Value.Bytes(ElementText.padded(terms, Vr.CS)));
  }

  private DataSet recode(DataSet dataSet, SpecificCharacterSet inherited) {
    SpecificCharacterSet source = dataSet.characterSet(inherited);
    List<Element> elements = new ArrayList<>(dataSet.size());
    for (Element element : dataSet) {
      elements.add(recode(element, source));
    }
    return DataSet.of(elements);
  }

  private Element recode(Element element, SpecificCharacterSet source) {
    if (element.tag() == Tag.SpecificCharacterSet) {
      return declared(target);
    }
    if (element.value() instanceof Value.Items(List<DataSet> items)) {
      List<DataSet> recoded = items.stream().map(item -> recode(item, source)).toList();
      return new Element(element.tag(), element.vr(), new Value.Items(recoded));
    }
    if (!element.vr().usesCharacterSet()) {
      return element;
    }
    return switch (element.value()) {
      case Value.Bytes(byte[] bytes) -> recode(element, bytes, source);
      case Value.Located located -> recode(element, read(element, located), source);
      case Value.Items _, Value.Fragments _ -> element;
    };
  }

  private Element recode(Element element, byte[] bytes, SpecificCharacterSet source) {
    if (isPlain(bytes)) {
      return element;
    }
    Vr vr = element.vr();
    byte[] recoded = ElementText.padded(target.encode(source.decode(bytes, vr), vr), vr);
    return new Element(element.tag(), vr, new Value.Bytes(recoded));
  }

  private byte[] read(Element element, Value.Located located) {
    if (located.length() > LARGEST) {
      throw tooLong(element);
    }
    try {
      return located.read(values, element.vr(), 0, (int) located.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static EditException tooLong(Element element) {
    return new EditException(
        Problem.BAD_VALUE,
        "The text of "
            + Tags.format(element.tag())
            + " is too long to be written in another character set");
  }

  /** The default repertoire is part of all sets. */
  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || b == ESCAPE) {
        return false;
      }
    }
    return true;
  }
}
