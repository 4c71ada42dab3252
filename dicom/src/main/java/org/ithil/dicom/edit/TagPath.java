package org.ithil.dicom.edit;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.edit.EditException.Problem;

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
    List<Step> parents = new ArrayList<>();
    int start = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      parents.add(step(text.substring(start, dot), dictionary));
      start = dot + 1;
    }
    return new TagPath(parents, tag(text.substring(start), dictionary));
  }

  private static Step step(String text, Dictionary dictionary) {
    int bracket = text.indexOf('[');
    if (bracket < 0) {
      throw new EditException(Problem.BAD_PATH, "Parent path doesn't contain an index");
    }
    String index = text.substring(bracket);
    int item = index.equals("[*]") ? EVERY_ITEM : item(index);
    return new Step(tag(text.substring(0, bracket), dictionary), item);
  }

  private static int item(String index) {
    if (index.matches("\\[-?[0-9]{1,9}]")) {
      int item = Integer.parseInt(index, 1, index.length() - 1, 10);
      if (item >= 0) {
        return item;
      }
      throw new EditException(Problem.BAD_PATH, "Negative index in parent path: " + item);
    }
    throw new EditException(Problem.BAD_PATH, "Not a valid index in parent path: " + index);
  }

  private static int tag(String text, Dictionary dictionary) {
    boolean inParentheses = text.length() == 11 && text.startsWith("(") && text.endsWith(")");
    OptionalInt number = Tags.parse(inParentheses ? text.substring(1, 10) : text);
    return (number.isPresent() ? number : dictionary.tagOf(text))
        .orElseThrow(() -> new EditException(Problem.UNKNOWN_TAG, text));
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
    if (element != tag || place.size() != parents.size()) {
      return false;
    }
    for (int i = 0; i < place.size(); i++) {
      Step wanted = parents.get(i);
      Step there = place.get(i);
      boolean item = wanted.item == EVERY_ITEM || wanted.item == there.item;
      if (!item || wanted.sequence != there.sequence) {
        return false;
      }
    }
    return true;
  }

  /**
   * Changes the data sets that the path leads to: the outermost one, or items. What is not there is
   * not made.
   *
   * @param change of the data set in which the element is, or could be
   */
  public DataSet change(DataSet outermost, UnaryOperator<DataSet> change) {
    return change(outermost, 0, change);
  }

  private DataSet change(DataSet dataSet, int depth, UnaryOperator<DataSet> change) {
    if (depth == parents.size()) {
      return change.apply(dataSet);
    }
    Step step = parents.get(depth);
    Element sequence = dataSet.get(step.sequence);
    if (sequence == null || !(sequence.value() instanceof Value.Items(List<DataSet> items))) {
      return dataSet;
    }
    if (step.item != EVERY_ITEM && step.item >= items.size()) {
      return dataSet;
    }
    List<DataSet> changed = new ArrayList<>(items);
    for (int i = 0; i < changed.size(); i++) {
      if (step.item == EVERY_ITEM || step.item == i) {
        changed.set(i, change(changed.get(i), depth + 1, change));
      }
    }
    return dataSet.with(new Element(sequence.tag(), sequence.vr(), new Value.Items(changed)));
  }
}
