package org.ithil.archive;

import java.io.IOException;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.deletion.Deletion;
import org.ithil.archive.index.Index;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultEncoding;

/**
 * An open archive: SQLite index and file storage. Reads go to {@link #index}, instances come in by
 * {@link #spool} and {@link #ingest}, go out by {@link #retrieval} and go away by {@link
 * #deletion}. Safe for concurrent use.
 */
public final class Archive implements AutoCloseable {
  private final ArchiveConfiguration configuration;

  private Archive(ArchiveConfiguration configuration) {
    this.configuration = configuration;
  }

  /**
   * Opens an archive; makes it if there is none.
   *
   * @param encoding the character set for data sets that declare none
   * @param clock tells the time
   * @param uuids names new blobs; random in a server
   * @throws ArchiveLockedException if another process uses the folder
   */
  public static Archive open(
      ArchiveConfiguration configuration,
      DefaultEncoding encoding,
      IngestFilter filter,
      Clock clock,
      Supplier<UUID> uuids)
      throws IOException {
    return new Archive(configuration);
  }

  public ArchiveConfiguration configuration() {
    return configuration;
  }

  public Index index() {
    throw new UnsupportedOperationException("not written yet");
  }

  public BlobStore blobs() {
    throw new UnsupportedOperationException("not written yet");
  }

  public Spool spool() {
    throw new UnsupportedOperationException("not written yet");
  }

  public Ingest ingest() {
    throw new UnsupportedOperationException("not written yet");
  }

  public Retrieval retrieval() {
    throw new UnsupportedOperationException("not written yet");
  }

  public Deletion deletion() {
    throw new UnsupportedOperationException("not written yet");
  }

  /** Ends what runs, then lets the folder go. */
  @Override
  public void close() {}
}
