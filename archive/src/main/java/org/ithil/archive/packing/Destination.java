package org.ithil.archive.packing;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.engine.JobRun;

/** Where the bytes of one archive go. Used by one thread; closed at the end, whatever happens. */
public interface Destination extends Closeable {
  /**
   * Takes the bytes; called once.
   *
   * @param place of the job, to be given back while others are waited for
   */
  OutputStream open(JobRun.Place place) throws IOException;

  /**
   * All bytes are there.
   *
   * @return what the job leaves
   */
  List<JobOutput> complete() throws IOException;

  /** The archive cannot be made. */
  void fail(Throwable failure);
}
