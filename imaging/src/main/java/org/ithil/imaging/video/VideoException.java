package org.ithil.imaging.video;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is no video which DICOM has a transfer syntax for. */
public final class VideoException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** No MP4 file, or a broken one. */
    DAMAGED,
    /** A codec, profile, level or form of file without a transfer syntax. */
    UNSUPPORTED
  }

  private final Problem problem;

  VideoException(Problem problem, String message) {
    this(problem, message, null);
  }

  VideoException(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
