package org.ithil.archive.index;

import java.util.Optional;
import org.ithil.archive.resource.ResourceId;

/**
 * A part of a list that is ordered by identifier.
 *
 * @param after only what stands behind this identifier; this is fast at any place of the list
 * @param since how many are skipped then
 * @param limit how many at most; 0 for no limit
 */
public record Page(Optional<ResourceId> after, long since, long limit) {
  /** The whole list. */
  public static final Page ALL = new Page(Optional.empty(), 0, 0);

  public static Page of(long since, long limit) {
    return new Page(Optional.empty(), since, limit);
  }

  public static Page after(ResourceId id, long limit) {
    return new Page(Optional.of(id), 0, limit);
  }
}
