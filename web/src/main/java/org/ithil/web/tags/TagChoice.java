package org.ithil.web.tags;

import java.util.Set;

/**
 * What a client wants to see of data sets.
 *
 * @param form how tags are named and described
 * @param ignoreLength elements that are shown however long they are
 */
public record TagChoice(TagForm form, Set<Integer> ignoreLength) {
  /** Most bytes of UTF-8 that a text may have to be shown. */
  public static final int LONGEST = 256;

  public TagChoice {
    ignoreLength = Set.copyOf(ignoreLength);
  }

  /** Everything up to {@link #LONGEST}. */
  public static TagChoice of(TagForm form) {
    return new TagChoice(form, Set.of());
  }
}
