package org.ithil.archive.ingest;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.compression.ZlibBlob;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Attachment.Compression;
import org.ithil.archive.resource.ResourceId;

/**
 * Keeps files as blobs before the index names them, and removes those that it does not name in the
 * end.
 */
final class Keeping {
  private final Ingest.Storage storage;
  private final boolean storeMd5;
  private final Ingest.Journal journal;
  private final Set<UUID> underway = ConcurrentHashMap.newKeySet();

  Keeping(Ingest.Storage storage, boolean storeMd5, Ingest.Journal journal) {
    this.storage = storage;
    this.storeMd5 = storeMd5;
    this.journal = journal;
  }

  /**
   * Keeps a file and lets the index name it.
   *
   * @param file moved away if it need not be compressed; empty to keep nothing
   * @param naming gets what was kept
   * @param isNamed whether the index names the blob, by what {@code naming} gave
   */
  <T> T keep(
      Optional<SpooledFile> file,
      ResourceId instance,
      Function<List<Attachment>, T> naming,
      Predicate<T> isNamed)
      throws IOException {
    UUID uuid = storage.blobs().newName();
    underway.add(uuid);
    journal.begin(uuid, instance);
    boolean unwanted = true;
    boolean known = true;
    try {
      List<Attachment> kept = file.isPresent() ? List.of(put(file.get(), uuid)) : List.of();
      T result = naming.apply(kept);
      unwanted = !isNamed.test(result);
      return result;
    } catch (IndexException e) {
      // Else nobody knows what the medium holds now: better a blob without name than the other way.
      unwanted = e.isNothingWritten();
      known = unwanted;
      throw e;
    } finally {
      if (unwanted) {
        storage.blobs().delete(uuid);
      }
      if (known) {
        journal.end(uuid);
        underway.remove(uuid);
      }
    }
  }

  private Attachment put(SpooledFile file, UUID uuid) throws IOException {
    long size = file.size();
    String md5 = file.md5();
    int crc = file.crc32();
    if (!storage.compress()) {
      storage.blobs().put(uuid, file);
      return attachment(uuid, size, size, Compression.NONE, md5, md5, crc);
    }
    try (SpooledFile compressed = ZlibBlob.compress(file, storage.spool())) {
      long storedSize = compressed.size();
      String storedMd5 = compressed.md5();
      storage.blobs().put(uuid, compressed);
      return attachment(uuid, size, storedSize, Compression.ZLIB, md5, storedMd5, crc);
    }
  }

  private Attachment attachment(
      UUID uuid,
      long size,
      long storedSize,
      Compression compression,
      String md5,
      String storedMd5,
      int crc) {
    return new Attachment(
        Attachment.DICOM,
        uuid,
        size,
        storedSize,
        compression,
        storeMd5 ? Optional.of(md5) : Optional.empty(),
        storeMd5 ? Optional.of(storedMd5) : Optional.empty(),
        Optional.of(crc),
        0);
  }

  /**
   * True while a blob is kept that the index does not name yet; for ever if the index failed, so
   * that nobody knows whether it will name it.
   */
  boolean isUnderway(UUID blob) {
    return underway.contains(blob);
  }
}
