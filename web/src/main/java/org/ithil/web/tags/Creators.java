package org.ithil.web.tags;

import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.jspecify.annotations.Nullable;

/**
 * The creators of the private blocks of one data set (PS3.5 7.8.1). Remembers the last one, since
 * the elements of a block come one after the other. For one thread.
 */
final class Creators {
  private static final int FIRST_IN_BLOCK = 0x1000;

  private final DataSet dataSet;
  private final SpecificCharacterSet characterSet;
  private int lastBlock;
  private @Nullable String last;

  Creators(DataSet dataSet, SpecificCharacterSet characterSet) {
    this.dataSet = dataSet;
    this.characterSet = characterSet;
  }

  /** The creator of a private element's block as the data set names it; null if it does not. */
  @Nullable String of(int tag) {
    if (!Tags.isPrivate(tag) || Tags.element(tag) < FIRST_IN_BLOCK) {
      return null;
    }
    int block = Tags.creatorOf(tag);
    if (block != lastBlock) {
      Element creator = dataSet.get(block);
      String name = creator == null ? null : ElementText.of(creator, characterSet);
      last = name == null || name.isEmpty() ? null : name;
      lastBlock = block;
    }
    return last;
  }
}
