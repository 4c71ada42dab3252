package org.ithil.archive.job.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.job.JobState.Effect;
import org.ithil.archive.job.JobWriter;
import org.ithil.archive.job.JobWriter.Lease;
import org.ithil.archive.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine of jobs. Safe for concurrent use; several engines may share an index.
 *
 * <p>Rows are the truth: a job is taken in, and each of its states seen, when it is durable. The
 * engine leases the next few pending jobs at a time ({@link JobQueue}), runs them in a fixed number
 * of threads ({@link Worker}), and writes how they stand in the background, all that changed in one
 * transaction ({@link Journal}), so that many small jobs do not wait for the medium one by one. A
 * {@link Heartbeat} prolongs leases and learns what clients asked other engines for.
 */
public final class Jobs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

  /** How long a step may go on when its job is to stop. */
  private static final Duration PATIENCE = Duration.ofMillis(400);

  /** How many jobs of the server itself run at the same time. */
  private static final int SYSTEM_JOBS = 3;

  private final Index index;
  private final JobRules rules;
  private final Map<String, JobType> types = new HashMap<>();
  private final Clock clock;
  private final Supplier<UUID> uuids;
  private final long after;
  private final List<Consumer<Job>> listeners = new CopyOnWriteArrayList<>();
  private final Map<UUID, CompletableFuture<Job>> callers = new ConcurrentHashMap<>();
  private final Journal journal;
  private final JobQueue queue;
  private final JobQueue systemQueue;
  private final Heartbeat heartbeat;
  private final Workers workers;
  private final Workers systemWorkers;
  private final AtomicBoolean stopping = new AtomicBoolean();

  /**
   * What an engine uses and does not own.
   *
   * @param outputs is told when the index names what a job left
   */
  public record Surroundings(
      Index index,
      JobOutput.Journal outputs,
      JobFailures failures,
      Clock clock,
      Supplier<UUID> uuids) {
    /** For types of jobs that leave no files. */
    public Surroundings(Index index, JobFailures failures, Clock clock, Supplier<UUID> uuids) {
      this(index, JobOutput.Journal.NONE, failures, clock, uuids);
    }
  }

  /** Starts an engine: what its owner's last engine left goes on. */
  public Jobs(JobRules rules, Collection<? extends JobType> kinds, Surroundings around) {
    this.rules = rules;
    this.index = around.index();
    // Rows keep milliseconds: what is told before and after a restart is the same.
    this.clock = Clock.tick(around.clock(), Duration.ofMillis(1));
    this.uuids = around.uuids();
    for (JobType type : kinds) {
      if (types.put(type.name(), type) != null) {
        throw new IllegalArgumentException("two types of jobs with the name " + type.name());
      }
    }
    after = index.write(writer -> begin(writer.jobs()));
    queue = new JobQueue(false, rules.concurrent(), after, index, rules, clock);
    systemQueue = new JobQueue(true, SYSTEM_JOBS, 0, index, rules, clock);
    JobFailures failures = around.failures();
    journal =
        new Journal(
            new Journal.Surroundings(index, rules, around.outputs(), failures, clock),
            after,
            new Written());
    workers =
        new Workers(
            "job-", rules.concurrent(), rules.away(), queue, all -> parts(all, queue, failures));
    systemWorkers =
        new Workers(
            "job-system-", SYSTEM_JOBS, 0, systemQueue, all -> parts(all, systemQueue, failures));
    heartbeat =
        new Heartbeat(index, rules, clock, List.of(queue, systemQueue), new BesidesLeases());
  }

  private Worker.Parts parts(Workers all, JobQueue source, JobFailures failures) {
    return new Worker.Parts(all, source, journal, types, failures, stopping);
  }

  /** Tidies the rows up; returns the number after which jobs are ours to see. */
  private long begin(JobWriter jobs) {
    jobs.release(rules.owner());
    jobs.forgetTransient();
    long first = rules.load() && rules.save() ? 0 : jobs.lastNumber();
    jobs.forgetFinished(rules.history(), first);
    jobs.forgetOutputs(rules.outputs());
    return first;
  }

  /**
   * Takes a job in. When it returns, the job is durable.
   *
   * @throws UncheckedIOException if the job cannot be opened
   */
  public Job submit(Submission submission) {
    return submit(submission, uuids.get());
  }

  private Job submit(Submission submission, UUID id) {
    JobType type = types.get(submission.type());
    if (type == null) {
      throw new IllegalArgumentException("no such type of jobs: " + submission.type());
    }
    JobQueue target = type.isSystem() ? systemQueue : queue;
    Job job = job(id, submission, type);
    Optional<Lease> lease = target.adding(id, submission.ready());
    Job added;
    try {
      added = index.write(writer -> writer.jobs().add(job, !rules.save(), lease));
    } catch (RuntimeException e) {
      target.notAdded(id);
      throw e;
    }
    try {
      tell(added); // before it can start, or be stopped
    } finally {
      target.added(added, lease.isPresent());
    }
    return added;
  }

  private void submitUnlessUnderway(JobType type) {
    Job job = job(uuids.get(), Submission.of(type.name(), JsonValue.object(Map.of())), type);
    boolean added =
        index.write(writer ->
            !writer.jobs().isUnderway(type.name())
                && writer.jobs().add(job, false, Optional.empty()).number() > 0);
    if (added) {
      systemQueue.lookAgain();
    }
  }

  private Job job(UUID id, Submission submission, JobType type) {
    return new Job(
        id,
        0,
        new Job.Request(
            type.name(),
            type.isSystem(),
            submission.priority(),
            submission.seed(),
            submission.userData(),
            clock.instant()),
        Job.Status.pending(firstContent(submission, type)));
  }

  private static JsonValue.Members firstContent(Submission submission, JobType type) {
    if (submission.ready().isPresent()) {
      return submission.ready().get().content();
    }
    try (JobRun run = type.open(submission.seed(), new JsonValue.Null())) {
      return run.content();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes a job in and waits for its end. If the caller is interrupted the job goes on.
   *
   * @return how it ended; it may be forgotten already
   */
  public Job run(Submission submission) throws InterruptedException {
    CompletableFuture<Job> end = follow(submission);
    try {
      return end.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a wait for a job failed", e);
    } finally {
      end.cancel(false); // nobody waits any more
    }
  }

  /** Takes a job in; the answer is complete when the job has ended, for all to see. */
  public CompletableFuture<Job> follow(Submission submission) {
    UUID id = uuids.get();
    CompletableFuture<Job> end = new CompletableFuture<>();
    callers.put(id, end);
    var _ = end.whenComplete((job, failure) -> callers.remove(id));
    try {
      submit(submission, id);
    } catch (RuntimeException e) {
      end.cancel(false);
      throw e;
    }
    return end;
  }

  private Optional<Job> find(UUID id) {
    return index
        .read(reader -> reader.jobs().job(id))
        .filter(job -> job.number() > after || job.request().isSystem());
  }

  /** A job as it stands; while it runs here, as it stands at this moment. */
  public Optional<Job> job(UUID id) {
    Optional<RunningJob> running = queue.running(id);
    return find(id)
        .filter(job -> !job.request().isSystem())
        .map(job -> {
          if (job.status().state() != JobState.RUNNING || running.isEmpty()) {
            return job;
          }
          RunningJob.Snapshot now = running.get().snapshot();
          return now.ended() ? job : now.job();
        });
  }

  /** Whether a job runs on this engine. */
  boolean isRunning(UUID id) {
    return queue.running(id).isPresent();
  }

  /** How a job that runs here stands is written and told soon. */
  void noteProgress(UUID id) {
    queue.running(id).ifPresent(journal::progressed);
  }

  /** All jobs, in the order of their identifiers as texts. */
  public List<UUID> ids() {
    return index.read(reader -> reader.jobs().ids(after));
  }

  /** How many jobs are in each state. */
  public Map<JobState, Long> counts() {
    return index.read(reader -> reader.jobs().counts(after));
  }

  /**
   * Does what a client asks for.
   *
   * @return false if there is no such job, or it cannot be done in its state
   */
  public boolean act(UUID id, Action action) throws InterruptedException {
    while (true) {
      Optional<RunningJob> running = queue.running(id);
      if (running.isPresent() && running.get().isEnded()) {
        queue.awaitEnd(running.get());
        continue;
      }
      Done done = queue.undisturbed(id, () -> actUndisturbed(id, action));
      if (done == Done.ENDS_NOW) {
        continue;
      }
      if (done == Done.YES) {
        queue.running(id).filter(job -> job.asked().isPresent()).ifPresent(this::stopSoon);
      }
      return done == Done.YES;
    }
  }

  private enum Done {
    YES,
    REFUSED,
    ENDS_NOW
  }

  private Done actUndisturbed(UUID id, Action action) {
    Optional<RunningJob> running = queue.running(id);
    if (running.isPresent()) {
      if (running.get().isEnded()) {
        return Done.ENDS_NOW;
      }
      if (JobState.RUNNING.on(action) != Effect.STOPS_RUN) {
        return Done.REFUSED;
      }
      if (!running.get().ask(action)) {
        return Done.ENDS_NOW;
      }
    }
    Optional<Job> before = find(id).filter(job -> !job.request().isSystem());
    if (before.isEmpty()) {
      return Done.REFUSED;
    }
    boolean runsHere = running.isPresent();
    Transition done =
        index.write(writer -> {
          var jobs = writer.jobs();
          Transition made = Transition.of(jobs, id, action, runsHere, clock.instant());
          if (made.job().filter(job -> job.status().state().isFinal()).isPresent()) {
            jobs.forgetFinished(rules.history(), after);
          }
          return made;
        });
    if (runsHere) {
      noteProgress(id); // so it is told in its order
    } else {
      done.job().ifPresent(this::tell);
    }
    if (done.effect() != Effect.REFUSED && done.effect() != Effect.NOTHING) {
      queue.withdraw(id).ifPresent(JobRun::close);
    }
    return done.effect() == Effect.REFUSED ? Done.REFUSED : Done.YES;
  }

  private void stopSoon(RunningJob job) {
    Thread.ofVirtual()
        .name("job-stop")
        .start(() -> {
          try {
            Thread.sleep(PATIENCE);
            job.interrupt();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** A file that a job left; notes that it was used. */
  public Optional<JobOutput> output(UUID job, String name) {
    Optional<JobOutput> output =
        find(job).flatMap(_ -> index.read(reader -> reader.jobs().output(job, name)));
    if (output.isPresent()) {
      index.write(writer -> {
        if (writer.jobs().output(job, name).isPresent()) {
          writer.jobs().useOutput(job, name);
        }
        return true;
      });
    }
    return output;
  }

  /** Removes a file that a job left; false if there is none. */
  public boolean removeOutput(UUID job, String name) {
    return find(job).isPresent()
        && index.write(writer ->
            writer.jobs().output(job, name).isPresent() && writer.jobs().removeOutput(job, name));
  }

  /**
   * Tells a listener whenever a job stands otherwise, and now and then how far it is, in the order
   * of events for each job. It must not wait for anything.
   *
   * @return ends it
   */
  public Runnable listen(Consumer<Job> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private void tell(Job job) {
    JobLog.write(job);
    for (Consumer<Job> listener : listeners) {
      try {
        listener.accept(job);
      } catch (RuntimeException e) {
        LOG.error("A listener of jobs has failed", e);
      }
    }
    if (job.status().state().isFinal()) {
      CompletableFuture<Job> caller = callers.get(job.id());
      if (caller != null) {
        caller.complete(job);
      }
    }
  }

  /** What follows when the journal has written something. */
  private final class Written implements Journal.Sink {
    @Override
    public void written(RunningJob running, RunningJob.Snapshot snapshot) {
      tell(snapshot.job());
      if (snapshot.ended()) {
        end(running); // what a client does with it now is told behind that
      }
    }

    @Override
    public void lost(RunningJob running) {
      end(running);
      queue.lookAgain(); // it may have come back meanwhile
      systemQueue.lookAgain();
    }

    private void end(RunningJob running) {
      queue.ended(running);
      systemQueue.ended(running);
    }
  }

  private final class BesidesLeases implements Heartbeat.Chores {
    @Override
    public void stopAsAsked(RunningJob job) {
      stopSoon(job);
    }

    @Override
    public void submitSystemJobs() {
      for (JobType type : types.values()) {
        if (type.isSystem() && type.isDue()) {
          try {
            submitUnlessUnderway(type);
          } catch (IndexException e) {
            if (!e.isFull()) {
              throw e;
            }
            // Without room for a job, do what may make room.
            oneStep(type);
          }
        }
      }
    }

    private void oneStep(JobType type) {
      try (JobRun run = type.open(JsonValue.object(Map.of()), new JsonValue.Null())) {
        run.step();
      } catch (IOException e) {
        LOG.error("{} has failed", type.name(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void lookAfterCallers() {
      for (Map.Entry<UUID, CompletableFuture<Job>> caller : callers.entrySet()) {
        find(caller.getKey())
            .filter(job -> job.status().state().isFinal())
            .ifPresent(job -> caller.getValue().complete(job));
      }
    }
  }

  /** Lets jobs run on for a moment, then stops them after their step: they go on next time. */
  @Override
  public void close() throws InterruptedException {
    if (stopping.get()) {
      return;
    }
    queue.close();
    systemQueue.close();
    long end = System.nanoTime() + rules.stopping().toNanos();
    while (System.nanoTime() < end && isBusy()) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
    stopping.set(true);
    heartbeat.close();
    queue.running().forEach(this::stopSoon);
    systemQueue.running().forEach(this::stopSoon);
    workers.join();
    systemWorkers.join();
    journal.close();
    queue.closeReady();
    systemQueue.closeReady();
    try {
      index.write(writer -> {
        writer.jobs().release(rules.owner());
        return true;
      });
    } catch (IndexException e) {
      LOG.warn("Leases of jobs could not be given up, they end by themselves: {}", e.getMessage());
    }
  }

  private boolean isBusy() {
    return !queue.running().isEmpty() || !systemQueue.running().isEmpty();
  }
}
