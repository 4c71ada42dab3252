package org.ithil.web.content;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.Vr;
import org.ithil.web.tags.TagArgument;
import org.jspecify.annotations.Nullable;

/**
 * What a path such as {@code 0040-a730/0/0008-0104} leads to in a data set: tags and numbers of
 * items in turn, at the end perhaps a fragment of Pixel Data.
 */
sealed interface Content {
  /** Names of what stands below: elements, items or fragments. */
  record Names(List<String> names) implements Content {}

  /**
   * A value.
   *
   * @param value in memory or located
   * @param vr how its bytes belong together
   */
  record Raw(Value value, Vr vr) implements Content {}

  /** Nothing is there. */
  record Nothing() implements Content {}

  /**
   * Follows a path.
   *
   * @throws org.ithil.web.error.ApiException UNKNOWN_DICOM_TAG for a tag that is none
   */
  static Content at(DataSet dataSet, List<String> path, Dictionary dictionary) {
    DataSet at = dataSet;
    for (int i = 0; i < path.size(); i += 2) {
      Element element = at.get(TagArgument.parse(path.get(i), dictionary));
      if (element == null) {
        return new Nothing();
      }
      if (i + 1 == path.size()) {
        return whole(element);
      }
      int number = number(path.get(i + 1));
      if (!isSequence(element)) {
        return i + 2 == path.size() && isPixelData(element.tag())
            ? fragment(element, number)
            : new Nothing();
      }
      if (number < 0 || number >= element.items().size()) {
        return new Nothing();
      }
      at = element.items().get(number);
    }
    List<String> names = new ArrayList<>(at.size());
    for (Element element : at) {
      names.add(Tags.format(element.tag(), '-'));
    }
    return new Names(names);
  }

  private static Content whole(Element element) {
    if (isSequence(element)) {
      return numbered(element.items().size());
    }
    if (isPixelData(element.tag())) {
      return numbered(
          element.value() instanceof Value.Fragments(List<Value> fragments) ? fragments.size() : 1);
    }
    return element.value() instanceof Value.Fragments
        ? new Nothing()
        : new Raw(element.value(), element.vr());
  }

  private static Content fragment(Element element, int number) {
    if (element.value() instanceof Value.Fragments(List<Value> fragments)) {
      return number >= 0 && number < fragments.size()
          ? new Raw(fragments.get(number), Vr.OB)
          : new Nothing();
    }
    return number == 0 ? new Raw(element.value(), element.vr()) : new Nothing();
  }

  private static Content numbered(int count) {
    return new Names(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /** The pixels; what the extended and floating-point elements hold are plain values. */
  private static boolean isPixelData(int tag) {
    return tag == org.ithil.dicom.dictionary.Tag.PixelData;
  }

  private static boolean isSequence(Element element) {
    return element.vr() == Vr.SQ || element.value() instanceof Value.Items;
  }

  /** A number of an item; -1 for what is none. */
  private static int number(@Nullable String text) {
    try {
      return text == null ? -1 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
