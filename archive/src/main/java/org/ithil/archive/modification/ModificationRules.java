package org.ithil.archive.modification;

import org.ithil.archive.ingest.IngestRules.Overwrite;

/**
 * How jobs make instances.
 *
 * @param threads instances that one job makes at the same time, at least 1 (key {@code
 *     JobsEngineThreadsCount})
 * @param window instances of one job that are made or wait for the medium at the same time
 * @param windowBytes bytes of them in the spool; one instance may be larger
 * @param overwrite what happens to an instance that is there already
 */
public record ModificationRules(int threads, int window, long windowBytes, Overwrite overwrite) {
  private static final int WAITING = 16;
  private static final long WINDOW_BYTES = 256L << 20;

  public ModificationRules {
    if (threads < 1 || window < threads) {
      throw new IllegalArgumentException("no instances at the same time: " + threads);
    }
  }

  /** With room for so many that one wait for the medium serves several. */
  public static ModificationRules of(int threads, Overwrite overwrite) {
    return new ModificationRules(threads, threads + WAITING, WINDOW_BYTES, overwrite);
  }
}
