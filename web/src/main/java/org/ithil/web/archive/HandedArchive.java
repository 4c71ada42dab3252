package org.ithil.web.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.packing.Destination;
import org.jspecify.annotations.Nullable;

/** An archive that is made first, in the spool, then sent. */
final class HandedArchive implements Destination {
  private final Spool spool;
  private Spool.@Nullable Writer writer;
  private @Nullable SpooledFile file;
  private boolean abandoned;

  HandedArchive(Spool spool) {
    this.spool = spool;
  }

  @Override
  public OutputStream open(JobRun.Place place) throws IOException {
    writer = spool.open();
    return writer;
  }

  @Override
  public synchronized List<JobOutput> complete() throws IOException {
    if (writer == null) {
      throw new IllegalStateException("nothing was written");
    }
    SpooledFile finished = writer.finish();
    if (abandoned) {
      finished.close();
    } else {
      file = finished;
    }
    return List.of();
  }

  /** The archive, once; empty if it is not there. */
  synchronized Optional<SpooledFile> take() {
    Optional<SpooledFile> taken = Optional.ofNullable(file);
    file = null;
    return taken;
  }

  /** Nobody will take it. */
  synchronized void abandon() {
    abandoned = true;
    take().ifPresent(SpooledFile::close);
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
