package org.ithil.archive.job.engine;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.engine.JobRun.Step;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one job after another, in a thread of its own. */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  /** How often it is written, and told, how far a job is. */
  private static final Duration INTERVAL = Duration.ofMillis(250);

  private final JobQueue queue;
  private final Journal journal;
  private final Map<String, JobType> types;
  private final JobFailures failures;
  private final AtomicBoolean stopping;
  private final Thread thread;

  /**
   * @param stopping becomes true when jobs are to end after their step
   */
  Worker(
      String name,
      JobQueue queue,
      Journal journal,
      Map<String, JobType> types,
      JobFailures failures,
      AtomicBoolean stopping) {
    this.queue = queue;
    this.journal = journal;
    this.types = types;
    this.failures = failures;
    this.stopping = stopping;
    this.thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    try {
      while (true) {
        @Nullable RunningJob job = takeUntilItWorks();
        if (job == null) {
          return;
        }
        try (var _ = JobLog.of(job.id())) {
          run(job);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable RunningJob takeUntilItWorks() throws InterruptedException {
    while (true) {
      try {
        return queue.take();
      } catch (RuntimeException | Error e) {
        LOG.error("No jobs can be taken from the index, this is tried again", e);
        Thread.sleep(1000);
      }
    }
  }

  private void run(RunningJob job) {
    job.runsIn(Thread.currentThread());
    try (JobRun run = open(job)) {
      journal.turned(job);
      while (!job.isEnded()) {
        step(job, run);
      }
    } catch (Throwable e) { // whatever it is, the job has failed and the next one runs
      end(job, e);
    } finally {
      job.runsNoMore();
      journal.turned(job);
    }
  }

  private JobRun open(RunningJob job) throws IOException {
    JobRun ready = job.ready();
    if (ready != null) {
      return ready;
    }
    var started = job.snapshot().job();
    JobType type = types.get(started.request().type());
    if (type == null) {
      throw new IllegalStateException("no such type of jobs: " + started.request().type());
    }
    JsonValue checkpoint = started.status().checkpoint();
    return type.open(started.request().seed(), checkpoint);
  }

  private void step(RunningJob job, JobRun run) throws IOException, InterruptedException {
    if (isToStop(job)) {
      job.advance(run);
      job.stop();
      return;
    }
    Step step;
    try {
      step = run.step();
    } catch (IOException | InterruptedException | RuntimeException e) {
      job.advance(run);
      throw e;
    }
    if (step instanceof Step.More && !job.isWorthWriting(INTERVAL)) {
      return;
    }
    job.advance(run);
    switch (step) {
      case Step.More() -> journal.progressed(job);
      case Step.Secured() -> journal.secure(job);
      case Step.Done(var outputs) -> job.succeed(outputs);
      case Step.Retry(var pause) -> job.retryAfter(pause);
    }
  }

  private boolean isToStop(RunningJob job) {
    return job.asked().isPresent() || stopping.get() || job.isLost();
  }

  private void end(RunningJob job, Throwable thrown) {
    if (job.isEnded()) {
      LOG.warn("A job was not closed well", thrown);
    } else if (isToStop(job)) {
      job.stop(); // what was thrown comes from the interruption
    } else {
      JobFailure failure = failures.of(thrown);
      LOG.info("Failed: {}", thrown.toString());
      LOG.debug("Where it failed", thrown);
      job.fail(failure);
    }
  }

  void join() throws InterruptedException {
    thread.join();
  }
}
