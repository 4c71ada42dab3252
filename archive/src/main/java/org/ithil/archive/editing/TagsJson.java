package org.ithil.archive.editing;

import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * Elements as clients write them in JSON: objects whose names are tags, with text, null (empty) or
 * arrays of objects (sequences) as values. Immutable.
 */
public final class TagsJson {
  /**
   * How values are read.
   *
   * @param privateCreator by which private tags are looked up in the dictionary, or null
   * @param binary whether "data:TYPE;base64,..." means bytes; else it is text
   */
  public record Options(@Nullable String privateCreator, boolean binary) {}

  /** Reads tags of a dictionary. */
  public TagsJson(Dictionary dictionary, Options options) {}

  /**
   * The elements of an object. Names are tags, no paths; of several names for one tag the last
   * counts. Tags of groups 0000 and 0002, and group lengths, are left out.
   *
   * @param characterSet in which text is written
   * @throws org.ithil.dicom.edit.EditException UNKNOWN_TAG, BAD_TYPE or BAD_VALUE
   */
  public DataSet dataSet(JsonValue.Members tags, SpecificCharacterSet characterSet) {
    throw new UnsupportedOperationException();
  }

  /**
   * One element.
   *
   * @throws org.ithil.dicom.edit.EditException BAD_TYPE or BAD_VALUE
   */
  public Element element(int tag, JsonValue value, SpecificCharacterSet characterSet) {
    throw new UnsupportedOperationException();
  }

  /**
   * Checks the form of a value, and of those inside it, without a character set.
   *
   * @throws org.ithil.dicom.edit.EditException UNKNOWN_TAG or BAD_TYPE
   */
  public void check(int tag, JsonValue value) {
    throw new UnsupportedOperationException();
  }
}
