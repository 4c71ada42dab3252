package org.ithil.services.storage;

import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.dimse.message.Status;
import org.jspecify.annotations.Nullable;

/** What the sender of an instance is told, PS3.4 B.2.3. */
final class StatusMapping {
  private StatusMapping() {}

  /** Also what was there already, or is not wanted, has been dealt with. */
  static Status of(IngestOutcome outcome) {
    return switch (outcome) {
      case IngestOutcome.Stored _, IngestOutcome.AlreadyStored _, IngestOutcome.FilteredOut _ ->
          Status.SUCCESS;
    };
  }

  static Status of(IngestException failure) {
    return switch (failure.problem()) {
      case EMPTY_FILE -> Status.CANNOT_UNDERSTAND;
      case NOT_DICOM,
          ABSENT_IDENTIFIER,
          EMPTY_IDENTIFIER,
          UNFIT_IDENTIFIER,
          STORAGE_FULL,
          STORAGE_FAILED ->
          Status.OUT_OF_RESOURCES;
    };
  }

  /** Null if there is no answer to it but an abort: nobody knows what the sender meant. */
  static @Nullable Status of(DicomFormatException failure) {
    return switch (failure.problem()) {
      case TOO_DEEP, TOO_LARGE -> Status.OUT_OF_RESOURCES;
      case NOT_DICOM, TRUNCATED, TRAILING_BYTES, MALFORMED -> null;
    };
  }
}
