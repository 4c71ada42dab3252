package org.ithil.archive.blob;

import java.io.IOException;
import java.util.UUID;
import java.util.function.Consumer;

/** Keeps write-once blobs under UUIDs. Safe for concurrent use. */
public interface BlobStore {
  /** A name that no blob has. Names that follow one another may lie near one another. */
  UUID newName();

  /**
   * Keeps the bytes of a spooled file, which is used up. When it returns the blob is there whole,
   * and, if the store is configured so, survives a power failure.
   *
   * @throws StorageFullException if there is no space
   */
  void put(UUID uuid, SpooledFile file) throws IOException;

  /**
   * Opens a blob.
   *
   * @throws java.nio.file.NoSuchFileException if there is none
   */
  Blob open(UUID uuid) throws IOException;

  /** Removes a blob; nothing happens if there is none. */
  void delete(UUID uuid) throws IOException;

  /** Tells the identifiers of all blobs, in no order. Those put meanwhile may be missing. */
  void list(Consumer<UUID> blobs) throws IOException;
}
