package org.ithil.dicom.edit;

/** A change that cannot be made, or a request for one that makes no sense. */
public final class EditException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** No such tag in the dictionary, and no number. */
    UNKNOWN_TAG,
    /** A value of a wrong type, such as a number where text is wanted. */
    BAD_TYPE,
    /** Text that is no value of its value representation. */
    BAD_VALUE,
    /** Malformed or contradictory. */
    BAD_REQUEST,
    /** Malformed, and clients expect no details. */
    MALFORMED,
    /** Not made for that, such as an unknown kind of content. */
    NOT_IMPLEMENTED
  }

  private final Problem problem;

  /**
   * @param message names what is wrong
   */
  public EditException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
