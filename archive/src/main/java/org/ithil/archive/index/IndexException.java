package org.ithil.archive.index;

/** The database failed, is closed, or is of a version that this program does not know. */
public final class IndexException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean full;

  public IndexException(String message) {
    super(message);
    this.full = false;
  }

  public IndexException(String message, Throwable cause) {
    this(message, cause, false);
  }

  /**
   * @param full true if there was no space; then nothing was written
   */
  public IndexException(String message, Throwable cause, boolean full) {
    super(message, cause);
    this.full = full;
  }

  /** True if there was no space; then nothing was written. */
  public boolean isFull() {
    return full;
  }
}
