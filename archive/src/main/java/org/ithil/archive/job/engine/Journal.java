package org.ithil.archive.job.engine;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes how jobs stand, in the background: whatever has changed since the last transaction goes
 * into the next one, so that workers need not wait for the medium. If the index fails it is tried
 * again for ever; workers wait when too many ends are not written.
 */
final class Journal {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int MOST_UNWRITTEN = 1024;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Index index;
  private final JobRules rules;
  private final long after;
  private final Sink sink;
  private final Thread thread;
  private Set<RunningJob> changed = new LinkedHashSet<>();
  private long begun;
  private long written;
  private boolean closed;

  /** Who is told what was written. */
  interface Sink {
    /** A job stands like this, for all to see. */
    void written(RunningJob running, RunningJob.Snapshot snapshot);

    /** Another engine has the job, which has ended here. */
    void lost(RunningJob running);
  }

  Journal(Index index, JobRules rules, long after, Sink sink) {
    this.index = index;
    this.rules = rules;
    this.after = after;
    this.sink = sink;
    this.thread = Thread.ofVirtual().name("job-journal").start(this::run);
  }

  /** The job has started, or has ended. Waits if too much is unwritten. */
  synchronized void turned(RunningJob job) {
    boolean interrupted = false;
    while (changed.size() >= MOST_UNWRITTEN) {
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

  /** The job has gone on; comes back when it is durable how far. */
  synchronized void secure(RunningJob job) throws InterruptedException {
    progressed(job);
    long batch = begun + 1;
    while (written < batch) {
      wait();
    }
  }

  private synchronized void wrote() {
    written++;
    notifyAll();
  }

  private void run() {
    try {
      for (List<RunningJob> batch = take(); !batch.isEmpty(); batch = take()) {
        write(batch);
        wrote();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized List<RunningJob> take() throws InterruptedException {
    while (changed.isEmpty() && !closed) {
      wait();
    }
    List<RunningJob> batch = List.copyOf(changed);
    changed = new LinkedHashSet<>();
    begun++;
    notifyAll();
    return batch;
  }

  private record Entry(RunningJob running, RunningJob.Snapshot snapshot) {}

  private void write(List<RunningJob> batch) throws InterruptedException {
    List<Entry> entries =
        batch.stream()
            .filter(job -> !job.isEndWritten())
            .map(job -> new Entry(job, job.snapshot()))
            .toList();
    Set<Entry> lost = writeUntilItWorks(entries);
    for (Entry entry : entries) {
      if (entry.snapshot.ended()) {
        entry.running.endIsWritten();
      }
      if (!lost.contains(entry)) {
        sink.written(entry.running, entry.snapshot);
      } else if (entry.snapshot.ended()) {
        sink.lost(entry.running);
      } else {
        entry.running.lose();
      }
    }
  }

  private Set<Entry> writeUntilItWorks(List<Entry> entries) throws InterruptedException {
    while (true) {
      try {
        return index.write(writer -> write(entries, writer.jobs()));
      } catch (RuntimeException | Error e) { // whatever it is, jobs have to come to an end
        LOG.error("The state of jobs could not be written, this is tried again", e);
        if (isClosed()) {
          return Set.copyOf(entries);
        }
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    }
  }

  /** Returns those that belong to another engine now. */
  private Set<Entry> write(List<Entry> entries, JobWriter jobs) {
    Set<Entry> lost = new HashSet<>();
    boolean finished = false;
    boolean outputs = false;
    for (Entry entry : entries) {
      Job job = entry.snapshot.job();
      boolean isFinal = job.status().state().isFinal();
      if (!jobs.isLeased(job.id(), rules.owner())) {
        lost.add(entry);
      } else if (isFinal && job.request().isSystem()) {
        jobs.delete(job.id());
      } else {
        jobs.set(job.id(), job.status());
        entry.snapshot.outputs().forEach(output -> jobs.addOutput(job.id(), output));
        outputs |= !entry.snapshot.outputs().isEmpty();
        finished |= isFinal;
      }
    }
    if (outputs) {
      jobs.forgetOutputs(rules.outputs());
    }
    if (finished) {
      jobs.forgetFinished(rules.history(), after);
    }
    return lost;
  }

  private synchronized boolean isClosed() {
    return closed;
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
