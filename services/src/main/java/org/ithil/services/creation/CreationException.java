package org.ithil.services.creation;

import java.util.Objects;

/** An instance that cannot be made. Nothing of it was stored. */
public final class CreationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** The request is no object, or a field of it has a wrong type. */
    BAD_REQUEST,
    /** A tag without other form of value than text, in the old form of requests. */
    NOT_TEXT,
    /** A tag has a value already, and that may only be replaced by force. */
    OVERRIDE,
    /** Pixels among the tags. */
    PIXELS_IN_TAGS,
    /** Content that is no text. */
    NO_DATA_URI,
    /** No such parent. */
    UNKNOWN_PARENT,
    /** A parent that is an instance. */
    INSTANCE_AS_PARENT,
    /** A parameter with a value that is none, such as an unknown character set. */
    OUT_OF_RANGE,
    /** Content of a kind that is not taken. */
    UNSUPPORTED,
    /** Content that is broken, or not what it says. */
    DAMAGED,
    /** Content beyond a limit. */
    TOO_LARGE,
    /** The first instance of a series cannot be made: there is no series, say the clients. */
    NO_SERIES
  }

  private final Problem problem;

  /**
   * @param message details for the client; empty if it expects none
   */
  CreationException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }

  /** Details for the client; empty if there are none. */
  public String details() {
    return Objects.requireNonNullElse(getMessage(), "");
  }
}
