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
  private final String filename;
  private Spool.@Nullable Writer writer;

  SpooledDestination(Spool spool, BlobStore blobs, String filename) {
    this.spool = spool;
    this.blobs = blobs;
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
      blobs.put(blob, file);
      return List.of(new JobOutput(NAME, Packing.MEDIA_TYPE, filename, blob, size));
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
