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
    /** Text that is no value of its value representation, or a member of a wrong type. */
    BAD_VALUE,
    /** A part of a path that is none. */
    BAD_PATH,
    /** Contradictory, or not allowed. */
    BAD_REQUEST,
    /** Not made for that, such as an unknown kind of content. */
    NOT_IMPLEMENTED
  }

  private final Problem problem;

  /**
   * @param message names what is wrong; empty if clients expect no details
   */
  public EditException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
