package org.ithil.archive;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.FileBlobStore;
import org.ithil.archive.blob.FileSpool;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.deletion.Deletion;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.reconstruction.Reconstruction;
import org.ithil.archive.retrieval.FileRetrieval;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.archive.stability.Stability;
import org.ithil.archive.verification.Verification;
import org.ithil.dicom.io.ReadOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open archive: SQLite index and file storage. Reads go to {@link #index}, instances come in by
 * {@link #spool} and {@link #ingest}, go out by {@link #retrieval} and go away by {@link
 * #deletion}. Safe for concurrent use.
 */
public final class Archive implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Archive.class);
  private static final String LOCK = ".ithil-lock";
  private static final String SPOOL = ".spool";

  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final ArchiveConfiguration configuration;
  private final Index index;
  private final BlobStore blobs;
  private final Spool spool;
  private final Ingest ingest;
  private final Retrieval retrieval;
  private final Deletion deletion;
  private final Verification verification;
  private final Reconstruction reconstruction;
  private final OpenMark mark;

  /** What an archive uses and does not own. */
  public record Surroundings(
      DefaultCharacterSet encoding,
      ReadOptions reading,
      IngestFilter filter,
      Clock clock,
      Supplier<UUID> uuids) {
    /** Those of a server without configuration: Latin-1, the time of the system, random names. */
    public static Surroundings usual(DefaultCharacterSet encoding) {
      return new Surroundings(
          encoding, ReadOptions.DEFAULT, IngestFilter.ALL, Clock.systemUTC(), UUID::randomUUID);
    }
  }

  private Archive(ArchiveConfiguration configuration, Surroundings around) throws IOException {
    this.configuration = configuration;
    try {
      lock(configuration.storageFolder());
      if (!configuration.indexFolder().equals(configuration.storageFolder())) {
        lock(configuration.indexFolder());
      }
      spool =
          new FileSpool(configuration.storageFolder().resolve(SPOOL), configuration.spoolBytes());
      blobs =
          new FileBlobStore(
              configuration.storageFolder(), configuration.syncStorage(), around.uuids());
      mark = opened(new OpenMark(configuration.storageFolder()));
      SqliteIndex file =
          opened(new SqliteIndex(configuration.indexFolder(), configuration.indexReaders()));
      file.check(mark.isAfterCrash());
      mark.keepIf(file::isDoubtful);
      index = file;
      mark.sweep(index, blobs);
      deletion = new Deletion(index, blobs);
      Stability stability = opened(new Stability(index, around.clock()));
      ingest =
          new Ingest(
              configuration.ingest(),
              new Ingest.Storage(index, blobs, spool, configuration.compressStorage()),
              new Ingest.Reading(around.encoding(), around.reading(), around.filter()),
              around.clock(),
              mark,
              stability::wake);
      retrieval =
          new FileRetrieval(
              index, blobs, spool, around.reading(), configuration.headerCacheBytes());
      verification =
          new Verification(
              index, blobs, blob -> ingest.isUnderway(blob) || mark.isOutputUnderway(blob));
      reconstruction = new Reconstruction(index, retrieval, ingest, spool, around.reading());
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * Opens an archive; makes it if there is none.
   *
   * @throws ArchiveLockedException if another process uses the folder
   */
  public static Archive open(ArchiveConfiguration configuration, Surroundings around)
      throws IOException {
    return new Archive(configuration, around);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private void lock(Path folder) throws IOException {
    Files.createDirectories(folder);
    FileChannel channel =
        opened(
            FileChannel.open(
                folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      throw new ArchiveLockedException(folder, e);
    }
    if (lock == null) {
      throw new ArchiveLockedException(folder, null);
    }
  }

  public ArchiveConfiguration configuration() {
    return configuration;
  }

  /** All that is known of resources. */
  public Index index() {
    return index;
  }

  /** The bytes of attachments. */
  public BlobStore blobs() {
    return blobs;
  }

  /** Where bytes go first. */
  public Spool spool() {
    return spool;
  }

  public Ingest ingest() {
    return ingest;
  }

  public Retrieval retrieval() {
    return retrieval;
  }

  public Deletion deletion() {
    return deletion;
  }

  /** To be told of files that jobs leave, before they are kept and when the index names them. */
  public JobOutput.Journal outputs() {
    return mark;
  }

  public Verification verification() {
    return verification;
  }

  public Reconstruction reconstruction() {
    return reconstruction;
  }

  /** Ends what runs, then lets the folder go. */
  @Override
  public void close() {
    boolean interrupted = false;
    for (@Nullable AutoCloseable part = open.poll(); part != null; part = open.poll()) {
      try {
        part.close();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (Exception e) {
        LOG.error("The archive was not closed well", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
