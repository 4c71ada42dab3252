package org.ithil.archive.job.engine;

import java.time.Duration;

/**
 * How the engine works.
 *
 * @param owner names this engine among all that share the index
 * @param concurrent jobs that run at the same time, at least 1 (key {@code ConcurrentJobs})
 * @param away jobs that may wait for their clients besides those (key {@code
 *     JobsWaitingForClients})
 * @param history finished jobs that are kept (key {@code JobsHistorySize})
 * @param outputs files of jobs that are kept (key {@code MediaArchiveSize})
 * @param save whether jobs outlive the process (key {@code SaveJobs})
 * @param load whether earlier jobs are seen and go on (option {@code --no-jobs})
 * @param lease how long a job belongs to an engine that gives no sign of life
 * @param stopping how long jobs may run on when the server stops
 */
public record JobRules(
    String owner,
    int concurrent,
    int away,
    int history,
    int outputs,
    boolean save,
    boolean load,
    Duration lease,
    Duration stopping) {
  /** The defaults of the reference. */
  public static final JobRules DEFAULT =
      new JobRules(
          "ithil", 2, 64, 10, 1, true, true, Duration.ofSeconds(30), Duration.ofSeconds(5));

  public JobRules {
    if (concurrent < 1) {
      throw new IllegalArgumentException("no jobs at the same time: " + concurrent);
    }
  }

  /** The same for an engine that does not take up earlier jobs. */
  public JobRules withoutEarlier() {
    return new JobRules(owner, concurrent, away, history, outputs, save, false, lease, stopping);
  }
}
