package org.ithil.archive.job.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobReader;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobWriter;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes how jobs stand, in the background: whatever has changed since the last transaction goes
 * into the next one, so that workers need not wait for the medium; they do when too many ends are
 * not written.
 *
 * <p>If that fails because of the medium (it is full, say), it is tried again, after pauses that
 * grow, until it works. If it fails because of what is written, the others are written one by one,
 * and that job fails.
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_UNWRITTEN = 1024;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  private final Surroundings around;
  private final long after;
  private final Sink sink;
  private final Thread thread;
  private Set<RunningJob> changed = new LinkedHashSet<>();

  /** Checkpoints that somebody waits for. */
  private final Map<RunningJob, JsonValue> awaited = new HashMap<>();

  private boolean closed;

  /** Those that the medium did not take. */
  private final Set<RunningJob> postponed = new LinkedHashSet<>();

  /** Between two trials to write those; zero if there are none. */
  private Duration pause = Duration.ZERO;

  /** When they are tried again. */
  private long due;

  /** What a journal uses. */
  record Surroundings(
      Index index, JobRules rules, JobOutput.Journal outputs, JobFailures failures, Clock clock) {}

  /** Who is told what was written. */
  interface Sink {
    /** A job stands like this, for all to see. */
    void written(RunningJob running, RunningJob.Snapshot snapshot);

    /** Another engine has the job, which has ended here. */
    void lost(RunningJob running);
  }

  Journal(Surroundings around, long after, Sink sink) {
    this.around = around;
    this.after = after;
    this.sink = sink;
    this.thread = Thread.ofVirtual().name("job-journal").start(this::run);
  }

  /** The job has started, or has ended. Waits if too much is unwritten. */
  synchronized void turned(RunningJob job) {
    boolean interrupted = false;
    while (changed.size() + postponed.size() >= MOST_UNWRITTEN) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    progressed(job);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The job has gone on. */
  synchronized void progressed(RunningJob job) {
    changed.add(job);
    notifyAll();
  }

  /**
   * The job has gone on; comes back when it is durable how far. If that cannot be, the waiting
   * thread is interrupted.
   */
  synchronized void secure(RunningJob job) throws InterruptedException {
    JsonValue checkpoint = job.snapshot().job().status().checkpoint();
    awaited.put(job, checkpoint);
    progressed(job);
    try {
      while (awaited.containsKey(job)) {
        wait();
      }
    } finally {
      awaited.remove(job);
    }
  }

  /** The checkpoint is the one waited for, not one of an earlier snapshot. */
  private synchronized void secured(Entry entry) {
    if (awaited.get(entry.running) == entry.status().checkpoint()) {
      awaited.remove(entry.running);
      notifyAll();
    }
  }

  private void run() {
    try {
      for (List<RunningJob> batch = take(); !batch.isEmpty(); batch = take()) {
        write(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<RunningJob> take() throws InterruptedException {
    while (changed.isEmpty() && !closed && !isDue()) {
      if (postponed.isEmpty()) {
        wait();
      } else {
        TimeUnit.NANOSECONDS.timedWait(this, due - System.nanoTime());
      }
    }
    Set<RunningJob> batch = changed;
    changed = new LinkedHashSet<>();
    if (closed || isDue()) {
      batch.addAll(postponed);
    }
    postponed.removeAll(batch);
    notifyAll();
    return List.copyOf(batch);
  }

  private boolean isDue() {
    return !postponed.isEmpty() && due - System.nanoTime() <= 0;
  }

  private record Entry(RunningJob running, RunningJob.Snapshot snapshot) {
    Job.Status status() {
      return snapshot.job().status();
    }
  }

  private void write(List<RunningJob> batch) {
    List<Entry> entries =
        batch.stream()
            .filter(job -> !job.isEndWritten())
            .map(job -> new Entry(job, job.snapshot()))
            .toList();
    Throwable failure = failureOf(entries);
    if (failure != null && isOfMedium(failure)) {
      postpone(entries, failure);
    } else if (failure != null) {
      LOG.debug("The states of {} jobs are written one by one", entries.size(), failure);
      entries.forEach(this::writeAlone);
    }
    endOfRound();
  }

  private void writeAlone(Entry entry) {
    Throwable failure = failureOf(List.of(entry));
    if (failure != null && isItsOwn(failure)) {
      condemn(entry, failure);
    } else if (failure != null) {
      postpone(List.of(entry), failure);
    }
  }

  /** Whether it would be the same with any entry. */
  private static boolean isOfMedium(Throwable failure) {
    return failure instanceof IndexException e && (e.isFull() || e.isDamaged());
  }

  /** Whether it would be the same at any time: not so if memory or the medium failed. */
  private static boolean isItsOwn(Throwable failure) {
    return failure instanceof IndexException e
        ? e.kind() == IndexException.Kind.UNFIT
        : !(failure instanceof OutOfMemoryError);
  }

  /** Writes entries in one transaction and tells them, or returns why that cannot be. */
  private @Nullable Throwable failureOf(List<Entry> entries) {
    Set<Entry> lost;
    try {
      lost = around.index.write(writer -> write(entries, writer.jobs()));
    } catch (RuntimeException | Error e) { // whatever it is, jobs have to come to an end
      return e;
    }
    for (Entry entry : entries) {
      entry.snapshot.outputs().forEach(output -> around.outputs.end(output.blob()));
      tell(entry, lost.contains(entry));
    }
    return null;
  }

  private void tell(Entry entry, boolean lost) {
    if (entry.snapshot.ended()) {
      entry.running.endIsWritten();
    }
    if (!lost) {
      secured(entry);
      sink.written(entry.running, entry.snapshot);
    } else if (entry.snapshot.ended()) {
      sink.lost(entry.running);
    } else {
      entry.running.lose();
    }
  }

  /** Returns those that belong to another engine now. */
  private Set<Entry> write(List<Entry> entries, JobWriter jobs) {
    Set<Entry> lost = Collections.newSetFromMap(new IdentityHashMap<>());
    boolean finished = false;
    boolean outputs = false;
    for (Entry entry : entries) {
      Job job = entry.snapshot.job();
      boolean isFinal = entry.status().state().isFinal();
      if (!isOurs(entry, jobs)) {
        entry.snapshot.outputs().forEach(jobs::discard);
        if (!isWritten(entry, jobs)) {
          lost.add(entry);
        }
      } else if (isFinal && job.request().isSystem()) {
        jobs.delete(job.id());
      } else {
        jobs.set(job.id(), entry.status());
        writeOutputs(entry, jobs);
        outputs |= !entry.snapshot.outputs().isEmpty();
        finished |= isFinal;
      }
    }
    if (outputs) {
      jobs.forgetOutputs(around.rules.outputs());
    }
    if (finished) {
      jobs.forgetFinished(around.rules.history(), after);
    }
    return lost;
  }

  private boolean isOurs(Entry entry, JobWriter jobs) {
    return !entry.running.isLost()
        && jobs.isLeased(entry.snapshot.job().id(), around.rules.owner());
  }

  /** Whether an end was written by a transaction that seemed to have failed. */
  private static boolean isWritten(Entry entry, JobReader jobs) {
    return entry.snapshot.ended()
        && jobs.job(entry.snapshot.job().id())
            .map(Job::status)
            .filter(row -> row.state() == entry.status().state())
            .filter(row -> row.runtime().equals(entry.status().runtime()))
            .isPresent();
  }

  private static void writeOutputs(Entry entry, JobWriter jobs) {
    boolean counts = entry.status().state() == JobState.SUCCESS;
    for (JobOutput output : entry.snapshot.outputs()) {
      if (counts) {
        jobs.addOutput(entry.snapshot.job().id(), output);
      } else {
        jobs.discard(output);
      }
    }
  }

  /** Fails a job that cannot be written as it stands: with what the index has of it. */
  private void condemn(Entry entry, Throwable cause) {
    Job job = entry.snapshot.job();
    LOG.error("Job {} fails, as its state cannot be written", job.id(), cause);
    JobFailure why =
        new JobFailure(
            around.failures.of(cause).code(),
            "The state of the job could not be written: " + cause.getMessage(),
            Optional.empty());
    if (!entry.snapshot.ended()) {
      entry.running.condemn(why); // its end comes
      return;
    }
    Job.Status blank = Job.Status.pending(JsonValue.object(Map.of()));
    try {
      Job.Status last = around.index.read(reader -> last(reader.jobs(), job)).orElse(blank);
      Throwable again = failureOf(List.of(failed(entry, last, why)));
      if (again == null) {
        return;
      }
      if (!isItsOwn(again)) {
        postpone(List.of(entry), again);
        return;
      }
      LOG.error("That job {} failed cannot be written either", job.id(), again);
    } catch (IndexException e) {
      postpone(List.of(entry), e);
      return;
    } catch (RuntimeException e) {
      LOG.error("Nothing more is known of job {}", job.id(), e);
    }
    tell(failed(entry, blank, why), false); // nobody shall wait for ever
  }

  private static Optional<Job.Status> last(JobReader jobs, Job job) {
    return jobs.job(job.id()).map(Job::status);
  }

  private Entry failed(Entry entry, Job.Status last, JobFailure why) {
    Job.Status status =
        last.at(last.reached().after(entry.status().runtime()))
            .ended(Optional.of(why), around.clock.instant());
    return new Entry(
        entry.running,
        new RunningJob.Snapshot(entry.snapshot.job().with(status), true, entry.snapshot.outputs()));
  }

  /** To be tried again later; at the end they are left to the next engine. */
  private void postpone(List<Entry> entries, Throwable cause) {
    boolean last;
    synchronized (this) {
      last = closed;
      if (!last && pause.isZero()) {
        LOG.error("The state of jobs could not be written, this is tried again", cause);
        pause = FIRST_PAUSE;
        due = System.nanoTime() + pause.toNanos();
      }
      if (!last) {
        entries.forEach(entry -> postponed.add(entry.running));
      }
    }
    if (last) {
      LOG.error("The state of {} jobs could not be written", entries.size(), cause);
      entries.forEach(entry -> tell(entry, true));
    }
  }

  private synchronized void endOfRound() {
    if (postponed.isEmpty()) {
      pause = Duration.ZERO;
    } else if (isDue()) { // they were in this round
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      due = System.nanoTime() + pause.toNanos();
      LOG.warn("The state of {} jobs is not written yet", postponed.size());
    }
  }

  /** Writes what is left. */
  void close() throws InterruptedException {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.join();
  }
}
