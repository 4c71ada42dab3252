package org.ithil.dicom.edit;

import java.util.Optional;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/** Makes elements of text. Immutable. */
public final class ElementText {
  private final Dictionary dictionary;

  /**
   * @param dictionary gives value representations, and tags for names in values of AT
   */
  public ElementText(Dictionary dictionary) {
    this.dictionary = dictionary;
  }

  /**
   * Bytes in text, RFC 2397.
   *
   * @param type such as "image/png"
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record DataUri(String type, byte[] bytes) {
    /**
     * Reads "data:TYPE;base64,..."; empty for any other text, and if there is no type.
     *
     * @throws EditException if the base64 is none
     */
    public static Optional<DataUri> parse(String text) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * The value representation that a new element gets: UN if it is not known.
   *
   * @param creator of private tags, or null
   */
  public Vr vrOf(int tag, @Nullable String creator) {
    throw new UnsupportedOperationException();
  }

  /**
   * An element. Text is not checked for form or length; numbers are parsed, several are joined by
   * backslashes; AT takes names and hexadecimal numbers; OB and UN take the bytes of the text.
   *
   * @param text empty for an element without value
   * @param characterSet of the data set it goes to; characters that it lacks are dropped
   * @throws EditException BAD_VALUE if it is no value of that representation; sequences take none
   */
  public Element of(int tag, Vr vr, String text, SpecificCharacterSet characterSet) {
    throw new UnsupportedOperationException();
  }
}
