package org.ithil.archive.index;

/** The database failed, is closed, or is of a version that this program does not know. */
public final class IndexException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What is known of a failure. */
  public enum Kind {
    /** Nobody knows what was written. */
    FAILED,
    /** What was to be written can never be: it is too large, or breaks a rule of the tables. */
    UNFIT,
    /** There was no space; nothing was written. */
    FULL,
    /** The file of the index was found to be damaged. */
    DAMAGED,
    /** It had been found to be damaged before, so nothing was written. */
    REFUSED
  }

  private final Kind kind;

  public IndexException(String message) {
    super(message);
    this.kind = Kind.FAILED;
  }

  public IndexException(String message, Throwable cause) {
    this(message, cause, Kind.FAILED);
  }

  public IndexException(String message, Throwable cause, Kind kind) {
    super(message, cause);
    this.kind = kind;
  }

  public Kind kind() {
    return kind;
  }

  /** True if there was no space; then nothing was written. */
  public boolean isFull() {
    return kind == Kind.FULL;
  }

  /** True if the file of the index is damaged: nothing will be written until somebody mends it. */
  public boolean isDamaged() {
    return kind == Kind.DAMAGED || kind == Kind.REFUSED;
  }

  /** True if nothing was written for sure. */
  public boolean isNothingWritten() {
    return kind == Kind.FULL || kind == Kind.REFUSED;
  }
}
