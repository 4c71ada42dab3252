package org.ithil.services.selection;

/** Something that was named and is no resource. */
public final class SelectionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public enum Problem {
    /** The text does not have the form of an identifier. */
    NO_IDENTIFIER,
    /** There is no such resource. */
    UNKNOWN
  }

  private final Problem problem;
  private final String named;

  SelectionException(Problem problem, String named) {
    super(problem + ": " + named, null, false, false);
    this.problem = problem;
    this.named = named;
  }

  public Problem problem() {
    return problem;
  }

  /** The text in question. */
  public String named() {
    return named;
  }
}
