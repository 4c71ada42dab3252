package org.ithil.dicom.edit;

import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.text.SpecificCharacterSet;

/** Writes the text of data sets in another character set, PS3.3 C.12.1.1.2. */
public final class Recoding {
  private Recoding() {}

  /**
   * All text in items too, and Specific Character Set (0008,0005). Characters that the set lacks
   * are dropped; located text stays as it is.
   *
   * @param inherited what counts where the data set declares nothing
   * @param target declared by the result
   */
  public static DataSet recode(
      DataSet dataSet, SpecificCharacterSet inherited, SpecificCharacterSet target) {
    throw new UnsupportedOperationException();
  }
}
