package org.ithil.archive.ingest;

import org.jspecify.annotations.Nullable;

/** An instance that cannot be kept. Nothing of it remains. */
public final class IngestException extends Exception {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** No bytes. */
    EMPTY_FILE,
    /** No DICOM file, or a broken one, or beyond a limit. */
    NOT_DICOM,
    /** An identifier that every instance has is absent; see {@link IngestException#tag}. */
    ABSENT_IDENTIFIER,
    /** An identifier that every instance has is empty; see {@link IngestException#tag}. */
    EMPTY_IDENTIFIER,
    /** An identifier is longer than 256 bytes, or no text; see {@link IngestException#tag}. */
    UNFIT_IDENTIFIER,
    /** A quota is used up, or the medium is full. */
    STORAGE_FULL,
    /** The storage failed otherwise. */
    STORAGE_FAILED
  }

  private final Problem problem;
  private final long size;
  private final int tag;

  IngestException(Problem problem, String message, long size, int tag, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.size = size;
    this.tag = tag;
  }

  public Problem problem() {
    return problem;
  }

  /** Bytes of the file. */
  public long size() {
    return size;
  }

  /** The tag concerned, 0 if none. */
  public int tag() {
    return tag;
  }
}
