package org.ithil.archive.job.engine;

import org.ithil.archive.job.JobFailure;

/** Translates what a step threw into the vocabulary of clients. */
@FunctionalInterface
public interface JobFailures {
  JobFailure of(Throwable thrown);
}
