package org.ithil.dicom.dictionary;

/** A dictionary entry of a user that cannot be taken. */
public final class DictionaryException extends Exception {
  private static final long serialVersionUID = 1;

  /** What was wrong. */
  public enum Problem {
    /** The tag is in the dictionary already. */
    KNOWN_TAG,
    /** The tag is no "gggg,eeee", the VR none, or the name empty. */
    MALFORMED,
    /** The number of values is negative, or its maximum below its minimum. */
    BAD_MULTIPLICITY
  }

  private final Problem problem;
  private final int tag;

  /**
   * @param tag the tag concerned, 0 if it could not be read
   */
  public DictionaryException(Problem problem, String message, int tag) {
    super(message);
    this.problem = problem;
    this.tag = tag;
  }

  public Problem problem() {
    return problem;
  }

  /** The tag concerned, 0 if it could not be read. */
  public int tag() {
    return tag;
  }
}
