package org.ithil.archive.job.engine;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.json.JsonValue;

/**
 * A job while it runs, in one thread. It can be stopped after each step and opened again from its
 * {@link #checkpoint}, on this engine or another. A step may be done twice if the process dies: it
 * must do no harm then.
 */
public interface JobRun extends Closeable {
  /** What a step says. */
  sealed interface Step {
    /** There is more to do. */
    record More() implements Step {}

    /**
     * There is more to do, but only when the checkpoint is durable: what follows must not happen
     * unless the job goes on from here.
     */
    record Secured() implements Step {}

    /**
     * The job has succeeded.
     *
     * @param outputs files it leaves; their blobs are kept already
     */
    record Done(List<JobOutput> outputs) implements Step {}

    /** To be tried again from the checkpoint after a pause. */
    record Retry(Duration pause) implements Step {}

    Step MORE = new More();
    Step SECURED = new Secured();
    Step DONE = new Done(List.of());
  }

  /**
   * The place of a job among those that run at the same time (key {@code ConcurrentJobs}). A run
   * that waits for others, say for the client that reads what it makes, gives it back meanwhile: so
   * they cannot keep jobs from running. For the thread of the run.
   */
  interface Place {
    /** Lets another job run. */
    void leave();

    /** Goes on, if need be besides as many jobs as there are places. */
    void back();

    /** Of a run that always keeps it. */
    Place KEPT =
        new Place() {
          @Override
          public void leave() {}

          @Override
          public void back() {}
        };
  }

  /** Told once, before the first step. */
  default void takes(Place place) {}

  /**
   * Does one piece of work, such as sending one instance. If a client stops the job meanwhile, the
   * thread is interrupted after a moment; whatever is thrown then is not taken for a failure, and
   * this step is done again when the job goes on.
   *
   * @throws IOException if the job fails; runtime exceptions of the archive too
   */
  Step step() throws IOException, InterruptedException;

  /**
   * What {@link JobType#open} needs to go on behind the last step that was finished; a step that
   * threw was not.
   */
  JsonValue checkpoint();

  /** From 0 to 1. */
  double progress();

  /** What clients see as {@code Content}. */
  JsonValue.Members content();

  /** Lets go what the run has open; the job may be opened again. */
  @Override
  void close();
}
