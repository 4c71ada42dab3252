package org.ithil.archive.job.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobWriter.Lease;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each second: prolongs leases in time, learns from the index what other engines did (asked for a
 * stop of our jobs, submitted or left jobs that we can run).
 */
final class Heartbeat {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
  private static final Duration BEAT = Duration.ofSeconds(1);

  private final Index index;
  private final JobRules rules;
  private final Clock clock;
  private final List<JobQueue> queues;
  private final Chores chores;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private Instant renewed;

  /** Whether the last beat failed; of the thread alone. */
  private boolean failing;

  /** What else is done at each beat. */
  interface Chores {
    void stopAsAsked(RunningJob job);

    /** Submits jobs of the server itself that are due. */
    void submitSystemJobs();

    /** Looks after callers that wait for jobs which do not run here. */
    void lookAfterCallers();
  }

  Heartbeat(Index index, JobRules rules, Clock clock, List<JobQueue> queues, Chores chores) {
    this.index = index;
    this.rules = rules;
    this.clock = clock;
    this.queues = queues;
    this.chores = chores;
    this.renewed = clock.instant();
    this.thread = Thread.ofVirtual().name("job-heartbeat").start(this::run);
  }

  private void run() {
    try {
      while (!closed.await(BEAT.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          beat();
          failing = false;
        } catch (RuntimeException | Error e) { // whatever it is, the next beat comes
          if (!failing) { // said once, not each second
            LOG.error("Leases of jobs could not be looked after, this is tried again", e);
          }
          failing = true;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What is done each second. */
  void beat() {
    renew();
    for (JobQueue queue : queues) {
      for (RunningJob job : queue.running()) {
        if (!job.isEnded()) {
          askAsTheIndexSays(job);
        }
      }
      if (queue.isMissingWork()) {
        queue.lookAgain();
      }
    }
    chores.lookAfterCallers();
    chores.submitSystemJobs();
  }

  private void renew() {
    Instant now = clock.instant();
    boolean leasing = queues.stream().anyMatch(JobQueue::isLeasing);
    if (leasing && renewed.plus(rules.lease().dividedBy(3)).isBefore(now)) {
      index.write(writer -> {
        writer.jobs().renew(new Lease(rules.owner(), now.plus(rules.lease())));
        return true;
      });
      renewed = now;
    }
  }

  private void askAsTheIndexSays(RunningJob job) {
    Optional<Job> row = index.read(reader -> reader.jobs().job(job.id()));
    row.flatMap(known -> known.status().asked())
        .ifPresent(action -> {
          job.ask(action);
          chores.stopAsAsked(job);
        });
  }

  void close() throws InterruptedException {
    closed.countDown();
    thread.join();
  }
}
