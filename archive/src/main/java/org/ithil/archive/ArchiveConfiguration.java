package org.ithil.archive;

import java.nio.file.Path;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.resource.Metadata;

/**
 * How an archive is opened.
 *
 * @param storageFolder where blobs and the spool lie (key {@code StorageDirectory}); made if
 *     missing
 * @param indexFolder where the SQLite index lies (key {@code IndexDirectory}); made if missing
 * @param syncStorage whether blobs are forced to the medium (key {@code SyncStorageArea})
 * @param compressStorage whether new blobs are compressed (key {@code StorageCompression})
 * @param ingest how instances are taken
 * @param metadata names of metadata (key {@code UserMetadata})
 * @param headerCacheBytes memory for parsed headers (key {@code DicomParserCacheSize}); 0 for none
 * @param indexReaders connections that read at the same time, at least 1
 * @param spoolBytes most bytes that may wait in the spool at the same time; 0 for no limit
 */
public record ArchiveConfiguration(
    Path storageFolder,
    Path indexFolder,
    boolean syncStorage,
    boolean compressStorage,
    IngestRules ingest,
    Metadata metadata,
    long headerCacheBytes,
    int indexReaders,
    long spoolBytes) {
  /** All defaults, index and blobs in one folder. */
  public static ArchiveConfiguration in(Path folder) {
    return new ArchiveConfiguration(
        folder, folder, true, false, IngestRules.DEFAULT, Metadata.BUILT_IN, 256L << 20, 8, 0);
  }

  /** The same with other rules of ingest. */
  public ArchiveConfiguration with(IngestRules rules) {
    return new ArchiveConfiguration(
        storageFolder,
        indexFolder,
        syncStorage,
        compressStorage,
        rules,
        metadata,
        headerCacheBytes,
        indexReaders,
        spoolBytes);
  }
}
