package org.ithil.web;

import java.time.Duration;

/**
 * What clients may ask for at once.
 *
 * @param metadataBytes longest value of user metadata
 * @param changes most entries of one answer of {@code /changes}
 * @param pendingUploads files that come in pieces and are not whole, at a time
 * @param pendingTime how long such a file may wait for its next piece
 */
public record ApiLimits(int metadataBytes, int changes, int pendingUploads, Duration pendingTime) {
  /** 16 MiB of metadata, 100,000 changes, 64 files in pieces for half an hour. */
  public static final ApiLimits DEFAULT =
      new ApiLimits(16 << 20, 100_000, 64, Duration.ofMinutes(30));
}
