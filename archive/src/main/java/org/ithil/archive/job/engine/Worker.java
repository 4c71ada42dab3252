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

  private final Parts parts;
  private final Thread thread;

  /**
   * What all workers of a queue share.
   *
   * @param stopping becomes true when jobs are to end after their step
   */
  record Parts(
      Workers workers,
      JobQueue queue,
      Journal journal,
      Map<String, JobType> types,
      JobFailures failures,
      AtomicBoolean stopping) {}

  Worker(String name, Parts parts) {
    this.parts = parts;
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
        } finally {
          parts.queue().leave();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable RunningJob takeUntilItWorks() throws InterruptedException {
    while (true) {
      try {
        return parts.queue().take();
      } catch (RuntimeException | Error e) {
        LOG.error("No jobs can be taken from the index, this is tried again", e);
        Thread.sleep(1000);
      }
    }
  }

  private void run(RunningJob job) {
    job.runsIn(Thread.currentThread());
    JobRun.Place place = parts.workers().place();
    try (JobRun run = open(job)) {
      run.takes(place);
      parts.journal().turned(job);
      while (!job.isEnded()) {
        step(job, run);
      }
    } catch (Throwable e) { // whatever it is, the job has failed and the next one runs
      end(job, e);
    } finally {
      place.back();
      job.runsNoMore();
      parts.journal().turned(job);
    }
  }

  private JobRun open(RunningJob job) throws IOException {
    JobRun ready = job.ready();
    if (ready != null) {
      return ready;
    }
    var started = job.snapshot().job();
    JobType type = parts.types().get(started.request().type());
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
    if (step instanceof Step.Done(var outputs)) {
      job.leave(outputs);
    }
    job.advance(run);
    switch (step) {
      case Step.More() -> parts.journal().progressed(job);
      case Step.Secured() -> parts.journal().secure(job);
      case Step.Done _ -> job.succeed();
      case Step.Retry(var pause) -> job.retryAfter(pause);
    }
  }

  private boolean isToStop(RunningJob job) {
    return job.isToStop() || parts.stopping().get();
  }

  private void end(RunningJob job, Throwable thrown) {
    if (job.isEnded()) {
      LOG.warn("A job was not closed well", thrown);
    } else if (isToStop(job)) {
      job.stop(); // what was thrown comes from the interruption
    } else {
      JobFailure failure = parts.failures().of(thrown);
      LOG.info("Failed: {}", thrown.toString());
      LOG.debug("Where it failed", thrown);
      job.fail(failure);
    }
  }

  void join() throws InterruptedException {
    thread.join();
  }
}
