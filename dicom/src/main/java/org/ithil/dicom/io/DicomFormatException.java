package org.ithil.dicom.io;

import java.io.IOException;

/** Bytes that are no DICOM, or DICOM that goes beyond a limit. */
public final class DicomFormatException extends IOException {
  private static final long serialVersionUID = 1;

  /** What was wrong. */
  public enum Problem {
    /** No DICOM file, and no bare data set either. */
    NOT_DICOM,
    /** The bytes end inside an element, item or fragment. */
    TRUNCATED,
    /** Bytes behind the end of the data set. */
    TRAILING_BYTES,
    /** A structure that cannot be understood: a length, a delimiter, an item where none can be. */
    MALFORMED,
    /** More nested sequences than allowed. */
    TOO_DEEP,
    /** Inflated data, an element, or a number of elements larger than allowed. */
    TOO_LARGE
  }

  private final Problem problem;
  private final long offset;
  private final int tag;

  /**
   * @param offset byte position in the data, from its start
   * @param tag the element concerned, 0 if none
   */
  public DicomFormatException(Problem problem, String message, long offset, int tag) {
    super(message);
    this.problem = problem;
    this.offset = offset;
    this.tag = tag;
  }

  public Problem problem() {
    return problem;
  }

  /** Byte position, from the start of the source. */
  public long offset() {
    return offset;
  }

  /** The element concerned, 0 if none. */
  public int tag() {
    return tag;
  }
}
