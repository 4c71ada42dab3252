package org.ithil.web.tags;

import org.jspecify.annotations.Nullable;

/** The names of elements as clients of the API know them. */
@FunctionalInterface
public interface TagNames {
  /** What an element is called that no dictionary knows. */
  String UNKNOWN = "Unknown Tag & Data";

  /**
   * The name of an element; {@link #UNKNOWN} if there is none.
   *
   * @param creator for private elements: the creator of their block, or null if that is not known
   */
  String of(int tag, @Nullable String creator);
}
