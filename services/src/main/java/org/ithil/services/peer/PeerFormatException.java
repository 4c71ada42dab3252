package org.ithil.services.peer;

import org.jspecify.annotations.Nullable;

/** A definition of a peer that is wrong. */
public final class PeerFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Problem {
    /** Its form, or a value in it. */
    FORM,
    /** A number that is none it may be. */
    NUMBER,
    /** A file that it names is not there. */
    FILE
  }

  private final Problem problem;
  private final @Nullable String details;

  PeerFormatException(Problem problem, @Nullable String details) {
    super(details == null ? "the definition of a peer is wrong" : details, null, false, false);
    this.problem = problem;
    this.details = details;
  }

  public Problem problem() {
    return problem;
  }

  /** A sentence for the client, or null. */
  public @Nullable String details() {
    return details;
  }
}
