package org.ithil.archive.index.sqlite;

import java.util.Arrays;
import org.ithil.archive.statistics.Statistics;

/**
 * The one row of table {@code total}, held by the writer and written before each commit: what is in
 * the whole archive, and the last numbers given out.
 */
final class Totals {
  private static final String COLUMNS =
      "patients, studies, series, instances, stored, size, dicom_stored, dicom_size,"
          + " last_key, last_change";
  private static final int LAST_KEY = 8;
  private static final int LAST_CHANGE = 9;

  private final Session session;
  private long[] values = new long[10];
  private boolean known;
  private boolean changed;

  Totals(Session session) {
    this.session = session;
  }

  /** Reads the row, unless what it says is known. */
  void load() {
    if (known) {
      return;
    }
    values =
        session
            .one(
                "SELECT " + COLUMNS + " FROM total",
                row -> {
                  long[] all = new long[10];
                  for (int i = 0; i < all.length; i++) {
                    all[i] = row.getLong(i + 1);
                  }
                  return all;
                })
            .orElseThrow();
    known = true;
    changed = false;
  }

  /** Forgets what it says, after a transaction that failed. */
  void forget() {
    known = false;
  }

  /** A copy to come back to by {@link #restore}. */
  long[] copy() {
    return values.clone();
  }

  void restore(long[] copy) {
    changed |= !Arrays.equals(values, copy);
    values = copy;
  }

  long nextKey() {
    changed = true;
    return ++values[LAST_KEY];
  }

  long nextChange() {
    changed = true;
    return ++values[LAST_CHANGE];
  }

  void add(Statistics more, int sign) {
    changed = true;
    values[0] += sign * more.patients();
    values[1] += sign * more.studies();
    values[2] += sign * more.series();
    values[3] += sign * more.instances();
    values[4] += sign * more.diskSize();
    values[5] += sign * more.uncompressedSize();
    values[6] += sign * more.dicomDiskSize();
    values[7] += sign * more.dicomUncompressedSize();
  }

  Statistics statistics() {
    return new Statistics(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7]);
  }

  long lastChange() {
    return values[LAST_CHANGE];
  }

  /** Writes the row if it changed. */
  void flush() {
    if (!changed) {
      return;
    }
    session.update(
        "UPDATE total SET patients = ?, studies = ?, series = ?, instances = ?, stored = ?,"
            + " size = ?, dicom_stored = ?, dicom_size = ?, last_key = ?, last_change = ?",
        values[0],
        values[1],
        values[2],
        values[3],
        values[4],
        values[5],
        values[6],
        values[7],
        values[LAST_KEY],
        values[LAST_CHANGE]);
    changed = false;
  }
}
