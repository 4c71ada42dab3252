package org.ithil.archive.job.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.job.JobState.Effect;
import org.ithil.archive.job.JobWriter;

/**
 * What an action of a client did.
 *
 * @param job the job, if it stands otherwise now
 */
record Transition(Effect effect, Optional<Job> job) {

  /**
   * Does what the table of {@link JobState} says.
   *
   * @param runsHere whether this engine runs the job: the index may not say so yet
   */
  static Transition of(JobWriter jobs, UUID id, Action action, boolean runsHere, Instant now) {
    Optional<Job> found = jobs.job(id);
    if (found.isEmpty()) {
      return new Transition(Effect.REFUSED, Optional.empty());
    }
    Job job = found.get();
    JobState state = runsHere ? JobState.RUNNING : job.status().state();
    Effect effect = state.on(action);
    Job.Status status = job.status();
    Job.Status next =
        switch (effect) {
          case REFUSED, NOTHING, REMOVES -> status;
          case PAUSES -> status.in(JobState.PAUSED);
          case GOES_ON -> status.in(JobState.PENDING);
          case BEGINS_ANEW -> status.anew();
          case CANCELS -> status.ended(Optional.of(JobFailure.CANCELED), now);
          case STOPS_RUN -> status.asked(action);
        };
    if (effect == Effect.REMOVES) {
      jobs.delete(id);
    } else if (next != status) {
      jobs.set(id, next);
    }
    return new Transition(effect, next == status ? Optional.empty() : Optional.of(job.with(next)));
  }
}
