package org.ithil.services.transfer;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A transfer, or a part of one, that cannot be done. */
public final class TransferException extends IOException {
  private static final long serialVersionUID = 1;

  /** Why. */
  public enum Problem {
    /** There is no such resource, transaction or instance. */
    UNKNOWN,
    /** A number is beyond what there is. */
    OUT_OF_RANGE,
    /** A bucket is longer or shorter than it was announced. */
    WRONG_SIZE,
    /** A file does not have the MD5 that was announced. */
    CORRUPTED,
    /** A file is no DICOM file. */
    NOT_DICOM,
    /** There is no room for the files. */
    STORAGE_FULL,
    /** The storage failed otherwise. */
    STORAGE_FAILED,
    /** What was asked for is not formed as it should be. */
    FORM,
    /** A job has failed; only the log says why. */
    FAILED
  }

  private final Problem problem;
  private final @Nullable String details;

  private TransferException(Problem problem, @Nullable String details, @Nullable Throwable cause) {
    super(details == null ? problem.toString() : details, cause);
    this.problem = problem;
    this.details = details;
  }

  private TransferException(Throwable cause) {
    super("the transfer has failed: " + cause, cause);
    this.problem = Problem.FAILED;
    this.details = null;
  }

  static TransferException of(Problem problem) {
    return new TransferException(problem, null, null);
  }

  static TransferException of(Problem problem, String details) {
    return new TransferException(problem, details, null);
  }

  static TransferException failed(Throwable cause) {
    return new TransferException(cause);
  }

  public Problem problem() {
    return problem;
  }

  /** A sentence for the client, or null. */
  public @Nullable String details() {
    return details;
  }
}
