package org.ithil.dicom.json;

import java.io.IOException;

/** A JSON or XML document that holds no data set, or goes beyond a limit. */
public final class DicomTextException extends IOException {
  private static final long serialVersionUID = 1;

  /** What was wrong. */
  public enum Problem {
    /** No JSON, or no well-formed XML. */
    SYNTAX,
    /** JSON or XML, but not as the DICOM model wants it. */
    STRUCTURE,
    /** A value that its VR cannot hold. */
    BAD_VALUE,
    /** A reference to bulk data that is not there. */
    UNKNOWN_BULK_DATA,
    /** Nested more deeply than allowed. */
    TOO_DEEP,
    /** Longer than allowed. */
    TOO_LARGE
  }

  private final Problem problem;
  private final int tag;

  /**
   * @param tag the element concerned, 0 if none
   */
  public DicomTextException(Problem problem, String message, int tag) {
    super(message);
    this.problem = problem;
    this.tag = tag;
  }

  public Problem problem() {
    return problem;
  }

  /** The element concerned, 0 if none. */
  public int tag() {
    return tag;
  }
}
