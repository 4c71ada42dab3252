package org.ithil.archive.deletion;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes resources. Safe for concurrent use.
 *
 * <p>Deleting is a matter of the index, which remembers the blobs that are to be removed. A thread
 * removes them afterwards, and begins where an earlier process left off. Those that cannot be
 * removed are tried again after a pause, which grows, and do not keep others waiting.
 */
public final class Deletion implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
  private static final int AT_ONCE = 256;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Index index;
  private final BlobStore blobs;
  private final Duration firstPause;
  private final Semaphore work = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;

  /** What a deletion left: the nearest parent that remains, if any. */
  public record Deleted(Optional<Remaining> remaining) {}

  public Deletion(Index index, BlobStore blobs) {
    this(index, blobs, FIRST_PAUSE);
  }

  Deletion(Index index, BlobStore blobs, Duration firstPause) {
    this.firstPause = firstPause;
    this.index = index;
    this.blobs = blobs;
    this.thread = Thread.ofVirtual().name("blob-removal").start(this::run);
  }

  /**
   * Deletes a resource with all below it, and parents that have no children then. When it returns
   * they are gone for good; blobs are removed in the background.
   *
   * @return empty if there is no such resource at this level
   */
  public Optional<Deleted> delete(Level level, ResourceId id) {
    Optional<Deleted> deleted =
        index.write(writer ->
            writer.exists(level, id)
                ? Optional.of(new Deleted(writer.delete(level, id)))
                : Optional.empty());
    if (deleted.isPresent()) {
      wake();
    }
    return deleted;
  }

  /** Tells that the index remembers blobs to be removed. */
  public void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void run() {
    @Nullable Duration pause = null;
    try {
      while (!closed) {
        if (pause == null) {
          work.acquire();
        } else {
          boolean _ = work.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
        }
        work.drainPermits();
        pause = removeAll() ? null : longer(pause);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration longer(@Nullable Duration pause) {
    if (pause == null) {
      return firstPause;
    }
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  /** Tries each blob that waits once; false if some are left. */
  private boolean removeAll() {
    long failed = 0;
    @Nullable Exception failure = null;
    try {
      Optional<UUID> last = Optional.empty();
      while (!closed) {
        Optional<UUID> after = last;
        List<UUID> waiting = index.read(reader -> reader.removals(after, AT_ONCE));
        if (waiting.isEmpty()) {
          break;
        }
        last = Optional.of(waiting.getLast());
        List<UUID> done = new ArrayList<>();
        for (UUID blob : waiting) {
          try {
            blobs.delete(blob);
            done.add(blob);
          } catch (IOException e) {
            failed++;
            failure = e;
          }
        }
        forget(done);
        Thread.yield();
      }
    } catch (IndexException e) {
      if (e.isDamaged()) {
        closed = true; // what it says is no longer believed
      }
      failure = e;
    } catch (RuntimeException e) {
      failure = e;
    }
    if (failure != null && !closed) {
      LOG.error("Blobs could not be removed ({}), this is tried again", failed, failure);
    }
    return failure == null;
  }

  private void forget(List<UUID> done) {
    if (!done.isEmpty()) {
      index.write(writer -> {
        writer.removed(done);
        return true;
      });
    }
  }

  /** Stops the removal of blobs; what waits is removed by the next process. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    work.release();
    thread.join();
  }
}
