package org.ithil.dicom.text;

import java.io.ByteArrayOutputStream;
import java.util.List;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/** Encodes one text with the code extensions of PS3.5 6.1.2.5. Used once. */
final class Iso2022Encoder {
  private final CodeElement lowAtStart;
  private final @Nullable CodeElement highAtStart;
  private final List<CodeElement> elements;
  private final Vr vr;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private CodeElement low;
  private @Nullable CodeElement high;

  Iso2022Encoder(
      CodeElement lowAtStart,
      @Nullable CodeElement highAtStart,
      List<CodeElement> elements,
      Vr vr) {
    this.lowAtStart = lowAtStart;
    this.highAtStart = highAtStart;
    this.elements = elements;
    this.vr = vr;
    this.low = lowAtStart;
    this.high = highAtStart;
  }

  byte[] encode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        encode(c);
        continue;
      }
      if (SpecificCharacterSet.isDelimiter(c, vr)) {
        reset();
      } else if (low.width() == 2) {
        designateLow(lowAtStart);
      }
      out.write(c);
    }
    reset();
    return out.toByteArray();
  }

  private void encode(char c) {
    CodeElement set = high;
    byte[] bytes = set == null ? null : set.encode(c);
    if (bytes == null && low.width() == 2) {
      set = low;
      bytes = set.encode(c);
    }
    for (int i = 0; bytes == null && i < elements.size(); i++) {
      set = elements.get(i);
      bytes = set.encode(c);
    }
    if (set == null || bytes == null) {
      return;
    }
    if (set.isHigh()) {
      designateHigh(set);
    } else {
      designateLow(set);
    }
    out.writeBytes(bytes);
  }

  /** Before a delimiter, and at the end, the sets of the first value are made active. */
  private void reset() {
    designateLow(lowAtStart);
    if (highAtStart == null) {
      high = null;
    } else {
      designateHigh(highAtStart);
    }
  }

  private void designateLow(CodeElement set) {
    if (low != set) {
      out.writeBytes(set.escape());
      low = set;
    }
  }

  private void designateHigh(CodeElement set) {
    if (high != set) {
      out.writeBytes(set.escape());
      high = set;
    }
  }
}
