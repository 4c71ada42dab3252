package org.ithil.services.transfer;

import java.time.Duration;

/**
 * How transfers are made: the section {@code Transfers} of the configuration.
 *
 * @param threads HTTP requests of a job at the same time, at least 1 (key {@code Threads})
 * @param bucketSize bytes that a request should carry (key {@code BucketSize}, in KB)
 * @param cacheSize bytes of files that are kept open to be sent (key {@code CacheSize}, in MB)
 * @param maximumPushTransactions open at the same time, at least 1 (key {@code
 *     MaxPushTransactions})
 * @param retries further attempts of each request, a second apart (key {@code MaxHttpRetries})
 * @param connectivityTimeout limit of the question whether a peer takes part (key {@code
 *     PeerConnectivityTimeout})
 * @param commitTimeout limit of opening and committing a push (key {@code PeerCommitTimeout})
 * @param commitThreads files that are stored at the same time, at least 1 (key {@code
 *     CommitThreadsCount})
 */
public record TransferRules(
    int threads,
    long bucketSize,
    long cacheSize,
    int maximumPushTransactions,
    int retries,
    Duration connectivityTimeout,
    Duration commitTimeout,
    int commitThreads) {
  /** The defaults of the reference. */
  public static final TransferRules DEFAULT =
      new TransferRules(
          4, 4096L << 10, 512L << 20, 4, 0, Duration.ofSeconds(2), Duration.ofSeconds(600), 1);

  public TransferRules {
    if (threads < 1 || bucketSize < 1 || maximumPushTransactions < 1 || commitThreads < 1) {
      throw new IllegalArgumentException("nothing could be transferred");
    }
  }
}
