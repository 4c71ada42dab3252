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

  /** How it stands while it runs. */
  private volatile Job.Status status;

  /** How it will stand when its run is closed. */
  private Job.@Nullable Status end;

  private List<JobOutput> outputs = List.of();
  private Optional<JobState.Action> asked;
  private Optional<JobFailure> condemned = Optional.empty();
  private @Nullable Thread thread;
  private boolean lost;
  private boolean closed;
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

  /**
   * How a job stands at one moment.
   *
   * @param ended whether it runs no more, and its run is closed
   * @param outputs what it left, when it has ended; none is named by the index yet
   */
  record Snapshot(Job job, boolean ended, List<JobOutput> outputs) {}

  /** As long as the run is not closed the job runs: it must not be opened again before. */
  synchronized Snapshot snapshot() {
    if (closed && end != null) {
      return new Snapshot(started.with(end), true, outputs);
    }
    Job.Status now = asked.map(status::asked).orElse(status);
    return new Snapshot(started.with(now), false, List.of());
  }

  /** The run that was submitted with the job, if it starts here and now for the first time. */
  @Nullable JobRun ready() {
    return ready;
  }

  /** The thread that it can be interrupted in. */
  synchronized void runsIn(Thread worker) {
    thread = worker;
  }

  /** The run is closed; behind this, nobody interrupts the thread any more. */
  synchronized void runsNoMore() {
    closed = true;
    thread = null;
    boolean _ = Thread.interrupted();
  }

  synchronized void interrupt() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** Wants it stopped; a pause drops a cancellation. False if it has come to its end by itself. */
  synchronized boolean ask(JobState.Action action) {
    if (end != null) {
      return false;
    }
    if (asked.isEmpty() || action == JobState.Action.PAUSE) {
      asked = Optional.of(action);
    }
    return true;
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

  /** It has to fail, as what it says cannot be written. */
  synchronized void condemn(JobFailure why) {
    condemned = Optional.of(why);
    interrupt();
  }

  /** Whether its run is to be stopped. */
  synchronized boolean isToStop() {
    return lost || asked.isPresent() || condemned.isPresent();
  }

  /** Takes over how far the run is: behind its last step that was finished. */
  void advance(JobRun run) {
    status = status.at(new Job.Reached(run.progress(), runtime(), run.checkpoint(), run.content()));
  }

  private Duration runtime() {
    return started.status().runtime().plus(Duration.between(begin, clock.instant()));
  }

  /** Takes over what the run leaves. */
  synchronized void leave(List<JobOutput> left) {
    outputs = left;
  }

  void succeed() {
    end(status.ended(Optional.empty(), clock.instant()));
  }

  void fail(JobFailure failure) {
    end(status.ended(Optional.of(failure), clock.instant()));
  }

  synchronized void retryAfter(Duration pause) {
    if (isToStop()) {
      stop();
    } else {
      end(status.retrying(clock.instant().plus(pause)));
    }
  }

  /** Stopped as a client asked, or, if none did, to go on later. */
  synchronized void stop() {
    if (condemned.isPresent()) {
      fail(condemned.get());
      return;
    }
    switch (asked.orElse(null)) {
      case PAUSE -> end(status.in(JobState.PAUSED));
      case CANCEL -> fail(JobFailure.CANCELED);
      case RESUME, RESUBMIT, DELETE -> throw new IllegalStateException("asked to " + asked);
      case null -> end(status.in(JobState.PENDING));
    }
  }

  private synchronized void end(Job.Status last) {
    end = last.at(last.reached().after(runtime()));
  }

  /** Whether it has come to its end, though its run may be open yet and the index not know it. */
  synchronized boolean isEnded() {
    return end != null;
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
