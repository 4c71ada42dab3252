package org.ithil.archive.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.json.JsonValue;

/**
 * A long operation: what was asked for, and how it stands.
 *
 * @param number grows in the order of submission
 */
public record Job(UUID id, long number, Request request, Status status) {

  /**
   * What was asked for; stays the same for ever.
   *
   * @param type name of the kind of job
   * @param isSystem whether the server itself made it: clients do not see it
   * @param priority higher ones run first
   * @param seed what the type needs to begin
   * @param userData what the client wants to find again with the job
   * @param created when it was submitted
   */
  public record Request(
      String type,
      boolean isSystem,
      int priority,
      JsonValue.Members seed,
      Optional<JsonValue> userData,
      Instant created) {}

  /**
   * How far it has come.
   *
   * @param progress from 0 to 1
   * @param runtime time spent running
   * @param checkpoint what the type needs to go on, besides the seed; {@link JsonValue.Null} at the
   *     beginning
   * @param content what the type tells clients
   */
  public record Reached(
      double progress, Duration runtime, JsonValue checkpoint, JsonValue.Members content) {

    /** At the beginning. */
    public static Reached nothing(JsonValue.Members content) {
      return new Reached(0, Duration.ZERO, new JsonValue.Null(), content);
    }

    /** The same after some time. */
    public Reached after(Duration time) {
      return new Reached(progress, time, checkpoint, content);
    }

    private Reached all() {
      return new Reached(1, runtime, checkpoint, content);
    }
  }

  /**
   * How it stands.
   *
   * @param asked that a run is to be stopped: {@link JobState.Action#PAUSE} or {@link
   *     JobState.Action#CANCEL}
   * @param failure of the last run that failed; stays until the job runs again
   * @param completed when it came to its end
   * @param retryAt when a {@link JobState#RETRY} job wants its turn again
   */
  public record Status(
      JobState state,
      Optional<JobState.Action> asked,
      Reached reached,
      Optional<JobFailure> failure,
      Optional<Instant> completed,
      Optional<Instant> retryAt) {

    /** One with nothing asked for, that has no moments. */
    private static Status of(JobState state, Reached reached, Optional<JobFailure> failure) {
      return new Status(
          state, Optional.empty(), reached, failure, Optional.empty(), Optional.empty());
    }

    /** A job that has not run yet. */
    public static Status pending(JsonValue.Members content) {
      return of(JobState.PENDING, Reached.nothing(content), Optional.empty());
    }

    /** In another state, which is not a final one, with nothing asked for. */
    public Status in(JobState newState) {
      return of(newState, reached, failure);
    }

    /** Begun: without the failure of an earlier run. */
    public Status running() {
      Status begun = of(JobState.RUNNING, reached, Optional.empty());
      return asked.map(begun::asked).orElse(begun);
    }

    /** Waiting for a moment. */
    public Status retrying(Instant at) {
      return new Status(
          JobState.RETRY, Optional.empty(), reached, failure, Optional.empty(), Optional.of(at));
    }

    /** From the beginning again; the failure stays visible until it runs. */
    public Status anew() {
      return of(JobState.PENDING, Reached.nothing(content()), failure);
    }

    /** At its end. */
    public Status ended(Optional<JobFailure> why, Instant at) {
      return new Status(
          why.isPresent() ? JobState.FAILURE : JobState.SUCCESS,
          Optional.empty(),
          why.isPresent() ? reached : reached.all(),
          why,
          Optional.of(at),
          Optional.empty());
    }

    /** To be stopped by the engine that runs it. */
    public Status asked(JobState.Action action) {
      return new Status(state, Optional.of(action), reached, failure, completed, retryAt);
    }

    /** Further on. */
    public Status at(Reached further) {
      return new Status(state, asked, further, failure, completed, retryAt);
    }

    public double progress() {
      return reached.progress();
    }

    public Duration runtime() {
      return reached.runtime();
    }

    public JsonValue checkpoint() {
      return reached.checkpoint();
    }

    public JsonValue.Members content() {
      return reached.content();
    }
  }

  /** The same job, standing otherwise. */
  public Job with(Status newStatus) {
    return new Job(id, number, request, newStatus);
  }
}
