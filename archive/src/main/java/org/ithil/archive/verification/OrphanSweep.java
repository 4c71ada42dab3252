package org.ithil.archive.verification;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes in the background, once, the blobs that a killed process left and that no one names. */
public final class OrphanSweep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

  private final Verification verification;
  private final Instant before;
  private final CompletableFuture<Long> removed = new CompletableFuture<>();
  private volatile boolean closed;
  private @Nullable Thread thread;

  /**
   * @param before younger blobs are left alone
   */
  public OrphanSweep(Verification verification, Instant before) {
    this.verification = verification;
    this.before = before;
  }

  /** Starts it, unless it was started before. The answer is how many blobs were removed. */
  public synchronized CompletableFuture<Long> start() {
    if (thread == null && !closed) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .priority(Thread.MIN_PRIORITY)
              .name("orphan-sweep")
              .start(this::run);
    }
    return removed;
  }

  private void run() {
    try {
      long count = verification.removeOrphans(before, () -> closed);
      LOG.info("The last process was killed: {} files that no one names were removed", count);
      removed.complete(count);
    } catch (CancellationException e) {
      removed.cancel(false);
    } catch (IOException | RuntimeException e) {
      LOG.error("Files that no one names could not be removed; tried again at the next start", e);
      removed.completeExceptionally(e);
    }
  }

  /** Stops it, and waits until it has stopped; the rest is left to the next process. */
  @Override
  public void close() throws InterruptedException {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running == null) {
      removed.cancel(false);
    } else {
      running.join();
    }
  }
}
