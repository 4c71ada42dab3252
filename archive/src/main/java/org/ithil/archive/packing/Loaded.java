package org.ithil.archive.packing;

import java.util.Optional;

/** A file that was read ahead. */
sealed interface Loaded {
  /** It was deleted meanwhile. */
  record Gone() implements Loaded {}

  /**
   * It is in memory, packed.
   *
   * @param method of ZIP
   * @param crc of its bytes
   * @param size of its bytes
   * @param packed begins with the packed bytes
   * @param length how many those are
   * @param records if they are wanted
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Whole(int method, int crc, long size, byte[] packed, int length, Optional<Records> records)
      implements Loaded {}

  /** It is too large for that. */
  record Large() implements Loaded {}

  Loaded GONE = new Gone();
  Loaded LARGE = new Large();
}
