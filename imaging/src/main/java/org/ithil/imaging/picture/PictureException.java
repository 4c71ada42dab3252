package org.ithil.imaging.picture;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A file that is no picture which DICOM pixels can be made of. */
public final class PictureException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** No file of this kind, or a broken one. */
    DAMAGED,
    /** A kind of pixels that is not taken, such as CMYK. */
    UNSUPPORTED,
    /** Beyond a limit. */
    TOO_LARGE
  }

  private final Problem problem;

  PictureException(Problem problem, String message) {
    this(problem, message, null);
  }

  PictureException(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
