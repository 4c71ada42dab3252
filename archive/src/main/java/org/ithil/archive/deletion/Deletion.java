package org.ithil.archive.deletion;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes resources. Safe for concurrent use.
 *
 * <p>Deleting is a matter of the index, which remembers the blobs that are to be removed. A thread
 * removes them afterwards, and begins where an earlier process left off.
 */
public final class Deletion implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Deletion.class);
  private static final int AT_ONCE = 256;

  private final Index index;
  private final BlobStore blobs;
  private final Semaphore work = new Semaphore(1);
  private final Thread thread;
  private volatile boolean closed;

  /** What a deletion left: the nearest parent that remains, if any. */
  public record Deleted(Optional<Remaining> remaining) {}

  public Deletion(Index index, BlobStore blobs) {
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
    while (!closed) {
      try {
        work.acquire();
        work.drainPermits();
        while (!closed && removeSome()) {
          Thread.yield();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (!closed) {
          LOG.error("Blobs could not be removed; tried again with the next deletion", e);
        }
      }
    }
  }

  /** Removes some blobs that wait; false if there were none, or none could be removed. */
  private boolean removeSome() {
    List<UUID> waiting = index.read(reader -> reader.removals(AT_ONCE));
    List<UUID> done = new ArrayList<>();
    for (UUID blob : waiting) {
      try {
        blobs.delete(blob);
        done.add(blob);
      } catch (IOException e) {
        LOG.error("Blob {} could not be removed", blob, e);
      }
    }
    if (!done.isEmpty()) {
      index.write(writer -> {
        writer.removed(done);
        return true;
      });
    }
    return !done.isEmpty();
  }

  /** Stops the removal of blobs; what waits is removed by the next process. */
  @Override
  public void close() throws InterruptedException {
    closed = true;
    work.release();
    thread.join();
  }
}
