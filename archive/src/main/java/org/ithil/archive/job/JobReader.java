package org.ithil.archive.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the rows of jobs, in the transaction of an index reader. */
public interface JobReader {
  Optional<Job> job(UUID id);

  /**
   * The jobs that clients see, in the order of their identifiers as texts.
   *
   * @param after only those with a greater number
   */
  List<UUID> ids(long after);

  /** How many of the jobs that clients see are in each state; none for a state without jobs. */
  Map<JobState, Long> counts(long after);

  /** A file that a job left. */
  Optional<JobOutput> output(UUID job, String name);

  /** Whether a blob is an output of a job. */
  boolean isOutput(UUID blob);

  /**
   * Whether an engine that looks for work would find some: a pending job that no other engine has,
   * a lease that has ended, a retry whose moment has come.
   */
  boolean hasWork(String owner, boolean isSystem, long after, Instant now);

  /** Whether a job is pending and an engine has its lease. */
  boolean isWaiting(UUID id, String owner);

  /** Whether there is a job of that type that has not ended. */
  boolean isUnderway(String type);

  /** The number of the job submitted last; 0 if there never was one. */
  long lastNumber();
}
