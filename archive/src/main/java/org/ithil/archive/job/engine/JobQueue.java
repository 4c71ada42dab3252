package org.ithil.archive.job.engine;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobWriter.Lease;
import org.jspecify.annotations.Nullable;

/**
 * The jobs of one kind (those of clients, or those of the server) that this engine has leased: the
 * next few that wait, and those that run. Its monitor orders what workers and clients do: while it
 * is held, no job starts.
 */
final class JobQueue {
  /** How many waiting jobs are leased at a time: so many starts for one wait for the medium. */
  private static final int AHEAD = 64;

  private static final Comparator<Job> ORDER =
      Comparator.comparingInt((Job job) -> job.request().priority())
          .reversed()
          .thenComparingLong(Job::number);

  private final boolean system;
  private final int places;
  private final long after;
  private final Index index;
  private final JobRules rules;
  private final Clock clock;
  private final TreeSet<Job> next = new TreeSet<>(ORDER);
  private final Map<UUID, RunningJob> running = new LinkedHashMap<>();
  private final Map<UUID, JobRun> ready = new HashMap<>();
  private final Set<UUID> adding = new HashSet<>();

  /** Whether there may be pending jobs besides those in {@link #next}. */
  private boolean more = true;

  /** Whether one of those may come before the last of {@link #next}. */
  private boolean stale = true;

  private boolean closed;

  /** Places of running jobs that are taken; more than there are while some come back. */
  private int taken;

  /**
   * @param places how many jobs may run at the same time
   * @param after only jobs with a greater number are taken
   */
  JobQueue(boolean system, int places, long after, Index index, JobRules rules, Clock clock) {
    this.system = system;
    this.places = places;
    this.after = after;
    this.index = index;
    this.rules = rules;
    this.clock = clock;
  }

  private Lease lease() {
    return new Lease(rules.owner(), clock.instant().plus(rules.lease()));
  }

  /**
   * A job is going to be added to the index; {@link #added} or {@link #notAdded} follows, and until
   * then it does not start here.
   *
   * @param run the run it begins with, if it was opened already
   * @return the lease to add it with, if all that waits is known here
   */
  synchronized Optional<Lease> adding(UUID id, Optional<JobRun> run) {
    adding.add(id);
    run.ifPresent(opened -> ready.put(id, opened));
    return more || stale || next.size() >= AHEAD ? Optional.empty() : Optional.of(lease());
  }

  synchronized void added(Job job, boolean leased) {
    adding.remove(job.id());
    if (leased && !more) {
      next.add(job);
    } else {
      more = true;
      stale |= next.isEmpty() || ORDER.compare(job, next.last()) < 0;
    }
    notifyAll();
  }

  synchronized void notAdded(UUID id) {
    adding.remove(id);
    ready.remove(id);
    notifyAll();
  }

  /** There may be new pending jobs, whatever their priority. */
  synchronized void lookAgain() {
    stale = true;
    notifyAll();
  }

  /**
   * The next job, which runs from now on and takes a place; null at the end. {@link #leave} follows
   * when it has ended.
   */
  synchronized @Nullable RunningJob take() throws InterruptedException {
    while (!closed) {
      if (taken >= places) {
        wait();
        continue;
      }
      if (stale || next.isEmpty() && more) {
        refill();
      }
      Job job = next.pollFirst();
      if (job != null && isStillOurs(job)) {
        RunningJob starting = new RunningJob(job, ready.remove(job.id()), clock);
        running.put(job.id(), starting);
        taken++;
        return starting;
      }
      if (job == null) {
        wait();
      }
    }
    return null;
  }

  /** A running job gives its place back, for a time or because it has ended. */
  synchronized void leave() {
    taken--;
    notifyAll();
  }

  /** A job that has left takes a place again, though there may be none. */
  synchronized void back() {
    taken++;
  }

  /** A client of another engine may have paused or cancelled it. */
  private boolean isStillOurs(Job job) {
    return index.read(reader -> reader.jobs().isWaiting(job.id(), rules.owner()));
  }

  private void refill() {
    stale = false;
    int limit = AHEAD + running.size() + adding.size();
    Instant now = clock.instant();
    List<Job> leased =
        index.write(writer -> writer.jobs().lease(lease(), system, after, now, limit));
    next.clear();
    leased.stream()
        .filter(job -> !running.containsKey(job.id()) && !adding.contains(job.id()))
        .forEach(next::add);
    more = leased.size() == limit;
  }

  /** Does something with a job, once it is added; it does not start meanwhile. */
  synchronized <T> T undisturbed(UUID id, Supplier<T> action) throws InterruptedException {
    while (adding.contains(id)) {
      wait();
    }
    boolean waited = next.removeIf(job -> job.id().equals(id));
    try {
      return action.get();
    } finally {
      stale |= waited;
      notifyAll();
    }
  }

  /** The run that was submitted with a job that will not start with it. */
  synchronized Optional<JobRun> withdraw(UUID id) {
    return Optional.ofNullable(ready.remove(id));
  }

  synchronized Optional<RunningJob> running(UUID id) {
    return Optional.ofNullable(running.get(id));
  }

  synchronized Collection<RunningJob> running() {
    return List.copyOf(running.values());
  }

  /** The index knows how the job ended. */
  synchronized void ended(RunningJob job) {
    running.remove(job.id());
    notifyAll();
  }

  /** Waits until the index knows the end of a job. */
  synchronized void awaitEnd(RunningJob job) throws InterruptedException {
    while (running.get(job.id()) == job) {
      wait();
    }
  }

  /** Whether jobs are leased. */
  synchronized boolean isLeasing() {
    return !next.isEmpty() || !running.isEmpty();
  }

  /** Whether the index has jobs that should be in here. */
  boolean isMissingWork() {
    synchronized (this) {
      if (!next.isEmpty()) {
        return false;
      }
    }
    return index.read(
        reader -> reader.jobs().hasWork(rules.owner(), system, after, clock.instant()));
  }

  /** Nothing is taken any more. */
  synchronized void close() {
    closed = true;
    next.clear();
    notifyAll();
  }

  /** Closes the runs that never started. */
  synchronized void closeReady() {
    ready.values().forEach(JobRun::close);
    ready.clear();
  }
}
