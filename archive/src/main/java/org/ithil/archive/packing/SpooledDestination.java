package org.ithil.archive.packing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.engine.JobRun;
import org.jspecify.annotations.Nullable;

/** Keeps an archive as an output of its job. */
final class SpooledDestination implements Destination {
  /** The name of the output. */
  private static final String NAME = "archive";

  private final Spool spool;
  private final BlobStore blobs;
  private final JobOutput.Journal journal;
  private final String filename;
  private Spool.@Nullable Writer writer;

  SpooledDestination(Spool spool, BlobStore blobs, JobOutput.Journal journal, String filename) {
    this.spool = spool;
    this.blobs = blobs;
    this.journal = journal;
    this.filename = filename;
  }

  @Override
  public OutputStream open(JobRun.Place place) throws IOException {
    writer = spool.open();
    return writer;
  }

  @Override
  public List<JobOutput> complete() throws IOException {
    if (writer == null) {
      throw new IllegalStateException("nothing was written");
    }
    try (SpooledFile file = writer.finish()) {
      UUID blob = blobs.newName();
      long size = file.size();
      keep(blob, file);
      return List.of(new JobOutput(NAME, Packing.MEDIA_TYPE, filename, blob, size));
    }
  }

  private void keep(UUID blob, SpooledFile file) throws IOException {
    journal.begin(blob);
    boolean kept = false;
    try {
      blobs.put(blob, file);
      kept = true;
    } finally {
      if (!kept) {
        blobs.delete(blob);
        journal.end(blob);
      }
    }
  }

  @Override
  public void fail(Throwable failure) {
    // The job tells it.
  }

  @Override
  public void close() throws IOException {
    if (writer != null) {
      writer.close();
    }
  }
}
