package org.ithil.archive.deletion;

import java.util.Optional;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/** Deletes resources. Safe for concurrent use. */
public interface Deletion {
  /**
   * What a deletion left.
   *
   * @param remaining the nearest parent that remains, if any
   */
  record Deleted(Optional<Remaining> remaining) {}

  /**
   * Deletes a resource with all below it, and parents that have no children then. When it returns
   * they are gone for good; blobs are removed in the background.
   *
   * @return empty if there is no such resource at this level
   */
  Optional<Deleted> delete(Level level, ResourceId id);
}
