package org.ithil.archive.job;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Changes the rows of jobs, in the transaction of an index writer. A job that waits or runs may be
 * leased to an engine, its owner, until a deadline; no other engine touches it before.
 */
public interface JobWriter extends JobReader {
  /**
   * Adds a job.
   *
   * @param isTransient whether {@link #forgetTransient} removes it
   * @param lease the engine that has it from the beginning, if one does
   * @return it with its number
   */
  Job add(Job job, boolean isTransient, Optional<Lease> lease);

  /** That a job belongs to an engine until a deadline. */
  record Lease(String owner, Instant until) {}

  /**
   * Writes how a job stands. One that neither waits nor runs loses its lease. What was asked for
   * while a job runs stays until it does not: another engine may have asked it.
   *
   * @throws java.util.NoSuchElementException if there is no such job
   */
  void set(UUID id, Job.Status status);

  /** Whether the engine has the lease of a job. */
  boolean isLeased(UUID id, String owner);

  /**
   * Leases to an engine the jobs that are next: pending ones that no other engine has, highest
   * priority first, then in the order of submission. Those it has already are among them. Before
   * that, running jobs whose lease has ended and retries whose moment has come are made pending.
   *
   * @param after only jobs with a greater number
   * @param isSystem which kind of jobs
   * @param limit how many at most
   */
  List<Job> lease(Lease lease, boolean isSystem, long after, Instant now, int limit);

  /** Prolongs all leases of an engine. */
  void renew(Lease lease);

  /** Gives up all leases of an engine; its running jobs are pending again. */
  void release(String owner);

  /** Removes a job with its outputs. */
  void delete(UUID id);

  /**
   * Removes those jobs that ended earliest, but for the given number of them.
   *
   * @param after only jobs with a greater number are looked at
   */
  void forgetFinished(int keep, long after);

  /** Removes the jobs that were not to outlive the process that made them. */
  void forgetTransient();

  /** Adds an output to a job, in the place of one with the same name. */
  void addOutput(UUID job, JobOutput output);

  /** The file that a job wanted to leave is to be removed, unless it is an output of a job. */
  void discard(JobOutput output);

  /** Notes that an output was used now. */
  void useOutput(UUID job, String name);

  /** Removes an output; false if there was none. */
  boolean removeOutput(UUID job, String name);

  /** Removes the outputs used longest ago, but for the given number of them. */
  void forgetOutputs(int keep);
}
