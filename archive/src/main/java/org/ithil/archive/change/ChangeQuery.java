package org.ithil.archive.change;

import java.util.OptionalLong;
import java.util.Set;

/**
 * Which changes are asked for.
 *
 * @param since only those behind this number; if empty but {@code to} is given, the last ones up to
 *     it
 * @param to only those up to this number, itself included
 * @param limit how many at most; 0 gives none
 * @param types only these; empty for all
 */
public record ChangeQuery(OptionalLong since, OptionalLong to, int limit, Set<ChangeType> types) {
  public ChangeQuery {
    types = Set.copyOf(types);
  }
}
