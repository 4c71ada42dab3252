package org.ithil.dicom.edit;

import java.util.List;
import java.util.function.UnaryOperator;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Dictionary;

/**
 * Where elements are: a tag of the data set itself, or one inside items of sequences.
 *
 * <pre>
 * PatientName   0010,0010   0010-0010   00100010   (0010,0010)
 * Sequence[0].Tag   Sequence[*].Tag   Sequence[1].Other[*].Tag
 * </pre>
 *
 * @param parents the sequences around it, outermost first
 * @param tag the element meant
 */
public record TagPath(List<Step> parents, int tag) {
  /** In the place of an item's number: all of them. */
  public static final int EVERY_ITEM = -1;

  /**
   * One sequence on the way.
   *
   * @param sequence its tag
   * @param item number from 0 on, or {@link #EVERY_ITEM}
   */
  public record Step(int sequence, int item) {}

  public TagPath {
    parents = List.copyOf(parents);
  }

  /** An element of the data set itself. */
  public static TagPath of(int tag) {
    return new TagPath(List.of(), tag);
  }

  /**
   * Reads a path.
   *
   * @throws EditException UNKNOWN_TAG or BAD_PATH
   */
  public static TagPath parse(String text, Dictionary dictionary) {
    throw new UnsupportedOperationException();
  }

  /** Whether the element is one of the data set itself. */
  public boolean isOutermost() {
    return parents.isEmpty();
  }

  /**
   * Whether an element lies on this path.
   *
   * @param place the sequences and items around that element, outermost first; no {@link
   *     #EVERY_ITEM} in it
   */
  public boolean matches(List<Step> place, int element) {
    throw new UnsupportedOperationException();
  }

  /**
   * Changes the data sets that the path leads to: the outermost one, or items. What is not there
   * is not made.
   *
   * @param change of the data set in which the element is, or could be
   */
  public DataSet change(DataSet outermost, UnaryOperator<DataSet> change) {
    throw new UnsupportedOperationException();
  }
}
