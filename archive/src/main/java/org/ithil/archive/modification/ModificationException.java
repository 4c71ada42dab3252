package org.ithil.archive.modification;

import org.jspecify.annotations.Nullable;

/** Instances that cannot be made of others, or a request for that which makes no sense. */
public final class ModificationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** A resource of a request is unknown, or of no use here. */
    UNKNOWN_RESOURCE,
    /** Contradictory, or not allowed. */
    BAD_REQUEST,
    /** A tag that may not be changed here. */
    WRONG_TAG,
    /** A member of a wrong type; clients expect no details. */
    BAD_TYPE,
    /** An instance was deleted before it was edited. */
    GONE,
    /** The new instance could not be made: see the cause. */
    UNMADE,
    /** The new instance was made, but not taken: see the cause, or the message without one. */
    NOT_TAKEN
  }

  private final Problem problem;

  /**
   * @param message for clients; empty if they expect no details
   */
  ModificationException(Problem problem, String message) {
    this(problem, message, null);
  }

  ModificationException(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
