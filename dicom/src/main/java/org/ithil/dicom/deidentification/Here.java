package org.ithil.dicom.deidentification;

import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.edit.TagPath;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * A data set on the way through its items.
 *
 * @param dataSet as it was
 * @param place the sequences and items around it, as far as anybody wants to know
 * @param outermost whether it is in no item
 * @param characterSet of its text
 */
record Here(
    DataSet dataSet,
    List<TagPath.Step> place,
    boolean outermost,
    SpecificCharacterSet characterSet) {
  static Here outermost(DataSet dataSet, SpecificCharacterSet encoding) {
    return new Here(dataSet, List.of(), true, dataSet.characterSet(encoding));
  }

  /** One of the items of a sequence in here. */
  Here item(DataSet item, int sequence, int number, Keeping keeping) {
    return new Here(
        item, keeping.into(place, sequence, number), false, item.characterSet(characterSet));
  }
}
