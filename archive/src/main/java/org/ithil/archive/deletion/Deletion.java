package org.ithil.archive.deletion;

import java.time.Duration;
import java.util.Optional;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/**
 * Deletes resources. Safe for concurrent use.
 *
 * <p>Deleting is a matter of the index, which remembers the blobs that are to be removed. A job of
 * the server removes them afterwards, and goes on where an earlier process left off.
 */
public final class Deletion {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  private final Index index;
  private final BlobRemoval removal;

  /** What a deletion left: the nearest parent that remains, if any. */
  public record Deleted(Optional<Remaining> remaining) {}

  public Deletion(Index index, BlobStore blobs) {
    this(index, blobs, FIRST_PAUSE);
  }

  Deletion(Index index, BlobStore blobs, Duration firstPause) {
    this.index = index;
    this.removal = new BlobRemoval(index, blobs, firstPause);
  }

  /** The type of the jobs that remove blobs. */
  public JobType removal() {
    return removal;
  }

  /**
   * Deletes a resource with all below it, and parents that have no children then. When it returns
   * they are gone for good; blobs are removed in the background.
   *
   * @return empty if there is no such resource at this level
   */
  public Optional<Deleted> delete(Level level, ResourceId id) {
    return index.write(writer ->
        writer.exists(level, id)
            ? Optional.of(new Deleted(writer.delete(level, id)))
            : Optional.empty());
  }
}
