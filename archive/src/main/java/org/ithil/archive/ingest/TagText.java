package org.ithil.archive.ingest;

import java.util.Optional;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.NumberText;
import org.ithil.dicom.text.SpecificCharacterSet;

/** The text of an element as the index keeps it. */
final class TagText {
  /** Longer values, in bytes, are not kept as text. */
  static final int LONGEST = 256;

  private TagText() {}

  /**
   * Text as it is (UIDs without blanks), numbers as in {@link NumberText}; empty for sequences,
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
    if (!vr.isBinaryNumber()) {
      return Optional.empty();
    }
    StringBuilder numbers = new StringBuilder();
    NumberText.append(numbers, vr, element.buffer(), Integer.MAX_VALUE);
    return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers.toString());
  }
}
