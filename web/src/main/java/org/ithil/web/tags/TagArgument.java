package org.ithil.web.tags;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Arguments;
import org.jspecify.annotations.Nullable;

/**
 * Tags as clients write them: {@code gggg,eeee}, {@code gggg-eeee}, {@code ggggeeee} or a name of
 * the dictionary.
 */
public final class TagArgument {
  private TagArgument() {}

  /**
   * One tag.
   *
   * @throws ApiException UNKNOWN_DICOM_TAG if there is none of that name
   */
  public static int parse(String text, Dictionary dictionary) {
    OptionalInt tag = find(text, dictionary);
    if (tag.isEmpty()) {
      throw ApiException.of(ErrorCode.UNKNOWN_DICOM_TAG, text);
    }
    return tag.getAsInt();
  }

  /**
   * The argument {@code ignore-length}: tags separated by commas, so {@code gggg,eeee} cannot be
   * used here.
   *
   * @return none if it is absent
   * @throws ApiException UNKNOWN_DICOM_TAG for the first that is none
   */
  public static Set<Integer> ignoreLength(Arguments arguments, Dictionary dictionary) {
    String list = arguments.get("ignore-length");
    if (list == null) {
      return Set.of();
    }
    Set<Integer> tags = new HashSet<>();
    for (String text : list.split(",", -1)) {
      tags.add(parse(text, dictionary));
    }
    return tags;
  }

  /**
   * The argument {@code requested-tags}: tags separated by semicolons.
   *
   * @param list null or empty for none
   * @throws ApiException BAD_REQUEST for the first that is none
   */
  public static List<Integer> requested(@Nullable String list, Dictionary dictionary) {
    if (list == null || list.isEmpty()) {
      return List.of();
    }
    List<Integer> tags = new ArrayList<>();
    for (String text : list.split(";", -1)) {
      OptionalInt tag = find(text, dictionary);
      if (tag.isEmpty()) {
        throw ApiException.of(
            ErrorCode.BAD_REQUEST, "Invalid requested-tags argument: Unknown DICOM tag " + text);
      }
      tags.add(tag.getAsInt());
    }
    return List.copyOf(tags);
  }

  private static OptionalInt find(String text, Dictionary dictionary) {
    OptionalInt tag = Tags.parse(text);
    return tag.isPresent() ? tag : dictionary.tagOf(text);
  }
}
