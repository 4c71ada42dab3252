package org.ithil.web.resource;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Whether a series has all the instances that its files announce. */
enum SeriesStatus {
  UNKNOWN("Unknown"),
  MISSING("Missing"),
  COMPLETE("Complete"),
  INCONSISTENT("Inconsistent");

  private final String label;

  SeriesStatus(String label) {
    this.label = label;
  }

  /** As clients see it. */
  String label() {
    return label;
  }

  /**
   * Compares the numbers of the instances with those expected, 1 to {@code expected}. Instances
   * without number, and several with one number, fill no gap.
   */
  static SeriesStatus of(OptionalInt expected, List<OptionalInt> indexes) {
    if (expected.isEmpty()) {
      return UNKNOWN;
    }
    Set<Integer> found = new HashSet<>();
    for (OptionalInt index : indexes) {
      if (index.isPresent()) {
        if (index.getAsInt() <= 0 || index.getAsInt() > expected.getAsInt()) {
          return INCONSISTENT;
        }
        found.add(index.getAsInt());
      }
    }
    return found.size() == expected.getAsInt() ? COMPLETE : MISSING;
  }
}
