package org.ithil.archive.job;

/** The states of a job, and what each action of a client does in each of them. */
public enum JobState {
  /** Waits for its turn. */
  PENDING("Pending"),
  RUNNING("Running"),
  SUCCESS("Success"),
  /** Ended by an error, or cancelled. */
  FAILURE("Failure"),
  /** Waits to be resumed. */
  PAUSED("Paused"),
  /** Waits for a moment, then for its turn again. */
  RETRY("Retry");

  private final String text;

  JobState(String text) {
    this.text = text;
  }

  /** The name that clients know. */
  public String text() {
    return text;
  }

  /** Whether it has come to an end. */
  public boolean isFinal() {
    return this == SUCCESS || this == FAILURE;
  }

  /** What a client can ask for. */
  public enum Action {
    PAUSE,
    RESUME,
    CANCEL,
    /** To run a failed job again from its beginning. */
    RESUBMIT,
    /** To forget a job that has ended. */
    DELETE
  }

  /** What an action does. */
  public enum Effect {
    /** The client is told that this cannot be. */
    REFUSED,
    /** The client is told that it is done; nothing happens. */
    NOTHING,
    /** The job is paused at once. */
    PAUSES,
    /** The job is pending, and goes on where it was. */
    GOES_ON,
    /** The job is pending, and begins anew. */
    BEGINS_ANEW,
    /** The job has failed at once, as cancelled. */
    CANCELS,
    /** The engine that runs the job stops it between two steps, within a second. */
    STOPS_RUN,
    /** The job is forgotten with its outputs. */
    REMOVES
  }

  /*
   *            PENDING  RUNNING    SUCCESS  FAILURE      PAUSED   RETRY
   * PAUSE      PAUSES   STOPS_RUN  NOTHING  NOTHING      NOTHING  PAUSES
   * RESUME     REFUSED  REFUSED    REFUSED  REFUSED      GOES_ON  REFUSED
   * CANCEL     CANCELS  STOPS_RUN  NOTHING  NOTHING      CANCELS  CANCELS
   * RESUBMIT   REFUSED  REFUSED    REFUSED  BEGINS_ANEW  REFUSED  REFUSED
   * DELETE     REFUSED  REFUSED    REMOVES  REMOVES      REFUSED  REFUSED
   */

  /** The cell of the table above. */
  public Effect on(Action action) {
    return switch (action) {
      case PAUSE ->
          switch (this) {
            case PENDING, RETRY -> Effect.PAUSES;
            case RUNNING -> Effect.STOPS_RUN;
            case SUCCESS, FAILURE, PAUSED -> Effect.NOTHING;
          };
      case RESUME -> this == PAUSED ? Effect.GOES_ON : Effect.REFUSED;
      case CANCEL ->
          switch (this) {
            case PENDING, PAUSED, RETRY -> Effect.CANCELS;
            case RUNNING -> Effect.STOPS_RUN;
            case SUCCESS, FAILURE -> Effect.NOTHING;
          };
      case RESUBMIT -> this == FAILURE ? Effect.BEGINS_ANEW : Effect.REFUSED;
      case DELETE -> isFinal() ? Effect.REMOVES : Effect.REFUSED;
    };
  }
}
