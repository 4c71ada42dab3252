package org.ithil.archive.index.sqlite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ithil.archive.resource.Resource.SeriesStatus;

/** Whether the instances of a series are all there, as the reference server sees it. */
final class SeriesProgress {
  /** Stands for an instance without index. */
  static final long NO_INDEX = -1;

  private SeriesProgress() {}

  /**
   * @param expected how many there should be, more than 0
   * @param indexes IndexInSeries of the instances, or {@link #NO_INDEX}
   */
  static SeriesStatus status(long expected, List<Long> indexes) {
    Set<Long> seen = new HashSet<>();
    for (long index : indexes) {
      if (index == NO_INDEX) {
        continue;
      }
      if (index < 1 || index > expected) {
        return SeriesStatus.INCONSISTENT;
      }
      seen.add(index);
    }
    if (indexes.size() > expected) {
      return SeriesStatus.INCONSISTENT;
    }
    return seen.size() == expected ? SeriesStatus.COMPLETE : SeriesStatus.MISSING;
  }
}
