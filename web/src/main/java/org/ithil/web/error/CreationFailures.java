package org.ithil.web.error;

import org.ithil.services.creation.CreationException;

/** The failures of making instances, as clients know them. */
final class CreationFailures {
  private CreationFailures() {}

  static ApiException of(CreationException failure) {
    return switch (failure.problem()) {
      case BAD_REQUEST -> of(ErrorCode.BAD_REQUEST, failure);
      case NOT_TEXT -> of(ErrorCode.CREATE_DICOM_NOT_STRING, failure);
      case OVERRIDE -> of(ErrorCode.CREATE_DICOM_OVERRIDE_TAG, failure);
      case PIXELS_IN_TAGS -> of(ErrorCode.CREATE_DICOM_USE_CONTENT, failure);
      case NO_DATA_URI -> of(ErrorCode.CREATE_DICOM_USE_DATA_URI, failure);
      case UNKNOWN_PARENT -> of(ErrorCode.CREATE_DICOM_BAD_PARENT, failure);
      case INSTANCE_AS_PARENT -> of(ErrorCode.CREATE_DICOM_PARENT_IS_INSTANCE, failure);
      case OUT_OF_RANGE -> of(ErrorCode.PARAMETER_OUT_OF_RANGE, failure);
      case UNSUPPORTED -> of(ErrorCode.NOT_IMPLEMENTED, failure);
      case DAMAGED -> of(ErrorCode.BAD_FILE_FORMAT, failure);
      case TOO_LARGE -> of(ErrorCode.BAD_REQUEST, failure).withStatus(413);
      case NO_SERIES -> of(ErrorCode.UNKNOWN_RESOURCE, failure);
    };
  }

  private static ApiException of(ErrorCode code, CreationException failure) {
    return failure.details().isEmpty()
        ? ApiException.of(code)
        : ApiException.of(code, failure.details());
  }
}
