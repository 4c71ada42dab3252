package org.ithil.archive.job.engine;

import java.util.UUID;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Lines of the log about jobs; each carries the job's identifier as its context. */
final class JobLog {
  private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

  /** The key under which the log looks for the context of a thread. */
  private static final String CONTEXT = "context";

  private JobLog() {}

  /** Lines of this thread are about a job, until this is closed. */
  static MDC.MDCCloseable of(UUID job) {
    return MDC.putCloseable(CONTEXT, "job " + job);
  }

  /** Logs a change of state; not how far a job is. */
  static void write(Job job) {
    JobState state = job.status().state();
    boolean begins = state == JobState.RUNNING && job.status().progress() == 0;
    if (begins || state != JobState.RUNNING) {
      try (var _ = of(job.id())) {
        LOG.info(
            "{}: {}{}",
            job.request().type(),
            state.text(),
            job.status().failure().map(failure -> " " + failure.code()).orElse(""));
      }
    }
  }
}
