package org.ithil.dicom.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ithil.dicom.encoding.Vr;

/**
 * The character sets that a data set declares in Specific Character Set (0008,0005), PS3.3
 * C.12.1.1.2.
 */
public final class SpecificCharacterSet {
  /** The default repertoire, ISO-IR 6. */
  public static final SpecificCharacterSet ASCII = new SpecificCharacterSet();

  private SpecificCharacterSet() {}

  /**
   * The set with these defined terms, in order.
   *
   * @param terms values of (0008,0005); unknown ones count as the default repertoire
   */
  public static SpecificCharacterSet of(List<String> terms) {
    return ASCII;
  }

  /** Text of an element; what cannot be decoded is dropped. */
  public String decode(byte[] bytes, Vr vr) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** Bytes of a text, not padded; letters that the set lacks are dropped. */
  public byte[] encode(String text, Vr vr) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
