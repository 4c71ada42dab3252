package org.ithil.web.error;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipException;
import org.ithil.archive.ArchiveLockedException;
import org.ithil.archive.blob.StorageFullException;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ModificationException;
import org.ithil.archive.packing.TranscodingException;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.services.creation.CreationException;
import org.ithil.services.modality.ModalityException;
import org.ithil.services.modality.ModalityJson;
import org.ithil.services.peer.PeerException;
import org.ithil.services.peer.PeerFormatException;
import org.ithil.services.transfer.TransferException;

/** The one map from the failures of the lower floors to those that clients know. */
public final class ErrorMapping {
  private ErrorMapping() {}

  /** The failure as clients see it; texts of unforeseen failures stay inside. */
  public static ApiException of(Throwable failure) {
    return switch (failure) {
      case ApiException e -> e;
      case IngestException e -> of(e);
      case EditException e -> of(e);
      case CreationException e -> CreationFailures.of(e);
      case ModificationException e -> of(e);
      // What comes in is refused where it is read: these are files that have been taken before.
      case DicomFormatException e -> damaged(e);
      case EOFException e -> damaged(e);
      case ZipException e -> damaged(e);
      case JsonFormatException _ -> ApiException.of(ErrorCode.BAD_FILE_FORMAT);
      case PeerException e -> PeerFailures.of(e);
      case PeerFormatException e -> PeerFailures.of(e);
      case TransferException e -> PeerFailures.of(e);
      case StorageFullException _ -> ApiException.of(ErrorCode.FULL_STORAGE);
      case ArchiveLockedException _ -> ApiException.of(ErrorCode.DATABASE_UNAVAILABLE);
      case ModalityException e -> NetworkFailures.of(e);
      case ModalityJson.FormatException e -> of(e);
      case IndexException e when e.isDamaged() -> unusable();
      case IndexException _ -> ApiException.of(ErrorCode.DATABASE);
      case TranscodingException e ->
          ApiException.of(ErrorCode.NOT_IMPLEMENTED, String.valueOf(e.getMessage()));
      case NoSuchFileException _ -> ApiException.of(ErrorCode.INEXISTENT_FILE);
      case UncheckedIOException e when e.getCause() != null -> of(e.getCause());
      case IOException _ -> ApiException.of(ErrorCode.SYSTEM_COMMAND);
      case OutOfMemoryError _ -> ApiException.of(ErrorCode.NOT_ENOUGH_MEMORY);
      default -> ApiException.of(ErrorCode.INTERNAL_ERROR);
    };
  }

  /** The failure of a job, as clients see it. */
  public static JobFailure ofJob(Throwable failure) {
    ApiException known = of(failure);
    return new JobFailure(
        known.code().number(),
        known.details() == null ? "" : known.details(),
        Optional.ofNullable(known.payload())
            .filter(JsonValue.class::isInstance)
            .map(JsonValue.class::cast));
  }

  private static ApiException of(ModalityJson.FormatException failure) {
    ErrorCode code =
        switch (failure.problem()) {
          case FORM, TYPE -> ErrorCode.BAD_FILE_FORMAT;
          case RANGE -> ErrorCode.PARAMETER_OUT_OF_RANGE;
          case NEGATIVE -> ErrorCode.BAD_PARAMETER_TYPE;
        };
    String details = failure.getMessage();
    return details == null ? ApiException.of(code) : ApiException.of(code, details);
  }

  private static ApiException of(EditException failure) {
    ErrorCode code =
        switch (failure.problem()) {
          case UNKNOWN_TAG -> ErrorCode.UNKNOWN_DICOM_TAG;
          case BAD_TYPE -> ErrorCode.BAD_PARAMETER_TYPE;
          case BAD_VALUE -> ErrorCode.BAD_FILE_FORMAT;
          case BAD_PATH -> ErrorCode.PARAMETER_OUT_OF_RANGE;
          case BAD_REQUEST -> ErrorCode.BAD_REQUEST;
          case NOT_IMPLEMENTED -> ErrorCode.NOT_IMPLEMENTED;
        };
    String details = Objects.requireNonNullElse(failure.getMessage(), "");
    return details.isEmpty() && failure.problem() != EditException.Problem.UNKNOWN_TAG
        ? ApiException.of(code)
        : ApiException.of(code, details);
  }

  private static ApiException of(ModificationException failure) {
    ErrorCode code =
        switch (failure.problem()) {
          case UNKNOWN_RESOURCE, GONE -> ErrorCode.UNKNOWN_RESOURCE;
          case BAD_REQUEST -> ErrorCode.BAD_REQUEST;
          case WRONG_TAG -> ErrorCode.PARAMETER_OUT_OF_RANGE;
          case BAD_TYPE -> ErrorCode.BAD_FILE_FORMAT;
          case UNMADE, NOT_TAKEN -> ErrorCode.CANNOT_STORE_INSTANCE;
        };
    String details = Objects.requireNonNullElse(failure.getMessage(), "");
    Throwable cause = failure.getCause();
    if (cause != null) {
      // Clients of jobs expect no details of values that do not fit.
      return cause instanceof EditException ? ApiException.of(of(cause).code()) : of(cause);
    }
    return details.isEmpty() ? ApiException.of(code) : ApiException.of(code, details);
  }

  private static ApiException damaged(IOException failure) {
    String what = Objects.requireNonNullElse(failure.getMessage(), "it ends too early");
    return ApiException.of(ErrorCode.CORRUPTED_FILE, "A stored file is damaged: " + what);
  }

  private static ApiException unusable() {
    return ApiException.of(
            ErrorCode.DATABASE,
            "The index is damaged, nothing is written: see the log of the server")
        .withStatus(503);
  }

  private static ApiException of(IngestException failure) {
    if (failure.getCause() instanceof IndexException e && e.isDamaged()) {
      return unusable();
    }
    return switch (failure.problem()) {
      case EMPTY_FILE -> ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Received an empty DICOM file");
      case NOT_DICOM ->
          ApiException.of(
              ErrorCode.BAD_FILE_FORMAT,
              "Cannot parse an invalid DICOM file (size: " + failure.size() + " bytes)");
      case ABSENT_IDENTIFIER -> ApiException.of(ErrorCode.INEXISTENT_TAG);
      case EMPTY_IDENTIFIER ->
          ApiException.of(
              ErrorCode.BAD_FILE_FORMAT,
              "missing StudyInstanceUID, SeriesInstanceUID or SOPInstanceUID");
      case UNFIT_IDENTIFIER -> ApiException.of(ErrorCode.BAD_PARAMETER_TYPE);
      case STORAGE_FULL -> ApiException.of(ErrorCode.FULL_STORAGE);
      case STORAGE_FAILED -> ApiException.of(ErrorCode.CANNOT_WRITE_FILE);
    };
  }
}
