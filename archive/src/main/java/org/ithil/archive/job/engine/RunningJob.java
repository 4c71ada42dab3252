package org.ithil.archive.job.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobState;
import org.jspecify.annotations.Nullable;

/** A job from the moment an engine starts it until its end is in the index. */
final class RunningJob {
  private final Job started;
  private final @Nullable JobRun ready;
  private final Clock clock;
  private final Instant begin;
  private volatile Job.Status status;
  private List<JobOutput> outputs = List.of();
  private Optional<JobState.Action> asked;
  private @Nullable Thread thread;
  private boolean lost;
  private boolean ended;
  private Instant written = Instant.MIN;

  /** Of the journal's thread alone. */
  private boolean endWritten;

  RunningJob(Job job, @Nullable JobRun ready, Clock clock) {
    this.started = job;
    this.ready = ready;
    this.clock = clock;
    this.begin = clock.instant();
    this.status = job.status().running();
    this.asked = job.status().asked();
  }

  UUID id() {
    return started.id();
  }

  /** How a job stands at one moment. */
  record Snapshot(Job job, boolean ended, List<JobOutput> outputs) {}

  synchronized Snapshot snapshot() {
    Job.Status now = ended || asked.isEmpty() ? status : status.asked(asked.get());
    return new Snapshot(started.with(now), ended, outputs);
  }

  /** The run that was submitted with the job, if it starts here and now for the first time. */
  @Nullable JobRun ready() {
    return ready;
  }

  /** The thread that it can be interrupted in. */
  synchronized void runsIn(Thread worker) {
    thread = worker;
  }

  /** Behind this, nobody interrupts the thread any more. */
  synchronized void runsNoMore() {
    thread = null;
    boolean _ = Thread.interrupted();
  }

  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Wants it stopped; a pause drops a cancellation. */
  synchronized void ask(JobState.Action action) {
    if (asked.isEmpty() || action == JobState.Action.PAUSE) {
      asked = Optional.of(action);
    }
  }

  synchronized Optional<JobState.Action> asked() {
    return asked;
  }

  /** Another engine has it now: what is done here does not count. */
  synchronized void lose() {
    lost = true;
    interrupt();
  }

  synchronized boolean isLost() {
    return lost;
  }

  /** Takes over how far the run is: behind its last step that was finished. */
  void advance(JobRun run) {
    status = status.at(run.progress(), runtime(), run.checkpoint(), run.content());
  }

  private Duration runtime() {
    return started.status().runtime().plus(Duration.between(begin, clock.instant()));
  }

  void succeed(List<JobOutput> left) {
    outputs = left;
    end(status.ended(Optional.empty(), clock.instant()));
  }

  void fail(JobFailure failure) {
    end(status.ended(Optional.of(failure), clock.instant()));
  }

  void retryAfter(Duration pause) {
    end(status.retrying(clock.instant().plus(pause)));
  }

  /** Stopped as a client asked, or, if none did, to go on later. */
  void stop() {
    switch (asked().orElse(null)) {
      case PAUSE -> end(status.in(JobState.PAUSED));
      case CANCEL -> fail(JobFailure.CANCELED);
      case RESUME, RESUBMIT, DELETE -> throw new IllegalStateException("asked to " + asked());
      case null -> end(status.in(JobState.PENDING));
    }
  }

  private synchronized void end(Job.Status last) {
    Duration runtime = runtime();
    status = last.at(last.progress(), runtime, last.checkpoint(), last.content());
    ended = true;
  }

  /** Whether it does not run any more, though the index may not know it yet. */
  synchronized boolean isEnded() {
    return ended;
  }

  /** Whether it is time to write how far it is. */
  boolean isWorthWriting(Duration interval) {
    Instant now = clock.instant();
    if (written.plus(interval).isAfter(now)) {
      return false;
    }
    written = now;
    return true;
  }

  boolean isEndWritten() {
    return endWritten;
  }

  void endIsWritten() {
    endWritten = true;
  }
}
