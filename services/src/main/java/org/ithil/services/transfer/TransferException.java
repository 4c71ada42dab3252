package org.ithil.services.transfer;

import java.io.IOException;
import org.ithil.archive.blob.StorageFullException;
import org.ithil.services.peer.PeerException;
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
    /** The peer is not the server that a transfer was asked to be from. */
    OTHER_SERVER,
    /** A job has failed. */
    FAILED;

    private String sentence() {
      return switch (this) {
        case UNKNOWN -> "A resource or an instance is not there any more";
        case OUT_OF_RANGE -> "A number is beyond what there is";
        case WRONG_SIZE -> "A bucket does not have the size that was announced";
        case CORRUPTED -> "A file does not have the MD5 that was announced";
        case NOT_DICOM -> "A file is no DICOM file";
        case STORAGE_FULL -> "There is no room for the files";
        case STORAGE_FAILED -> "A file cannot be stored";
        case FORM -> "The request is not formed as it should be";
        case OTHER_SERVER -> "The peer is another server than the one expected";
        case FAILED -> "The transfer has failed";
      };
    }
  }

  private final Problem problem;
  private final @Nullable String details;

  private TransferException(Problem problem, @Nullable String details, @Nullable Throwable cause) {
    super(details != null ? details : cause != null ? cause.toString() : problem.sentence(), cause);
    this.problem = problem;
    this.details = details;
  }

  static TransferException of(Problem problem) {
    return new TransferException(problem, null, null);
  }

  static TransferException of(Problem problem, String details) {
    return new TransferException(problem, details, null);
  }

  /**
   * A job has failed.
   *
   * @param begun whether it had come behind its first question to the peer
   */
  static TransferException failed(Throwable cause, boolean begun) {
    return new TransferException(Problem.FAILED, reason(cause, begun), cause);
  }

  /**
   * What clients are told. The reference says nothing of what stops a job at its very beginning,
   * and clients may count on that; the log says it.
   */
  private static @Nullable String reason(Throwable cause, boolean begun) {
    return switch (cause) {
      case PeerException.Unreachable _ when !begun -> null;
      case PeerException.Refused _ when !begun -> null;
      case PeerException e -> e.getMessage();
      case TransferException e when e.problem == Problem.OTHER_SERVER -> null;
      case TransferException e when e.problem == Problem.UNKNOWN && !begun -> null;
      case TransferException e -> e.details == null ? e.problem.sentence() : e.details;
      case StorageFullException _ -> Problem.STORAGE_FULL.sentence();
      default -> null;
    };
  }

  public Problem problem() {
    return problem;
  }

  /** A sentence for the client, or null. */
  public @Nullable String details() {
    return details;
  }
}
