package org.ithil.web.error;

import org.ithil.services.peer.PeerException;
import org.ithil.services.peer.PeerFormatException;
import org.ithil.services.transfer.TransferException;

/** The failures of requests to peers and of transfers, in the words that clients know. */
final class PeerFailures {
  private PeerFailures() {}

  static ApiException of(PeerException failure) {
    return switch (failure) {
      case PeerException.Unreachable e -> network("Couldn't connect to server", e);
      case PeerException.TimedOut e -> network("Timeout was reached", e);
      case PeerException.Broken e -> network("The connection was broken", e);
      case PeerException.Refused _ -> ApiException.of(ErrorCode.NETWORK_PROTOCOL);
      case PeerException.BadAnswer e ->
          ApiException.of(ErrorCode.NETWORK_PROTOCOL, e.what() + ": " + e.url());
      case PeerException.Unusable e ->
          ApiException.of(ErrorCode.NETWORK_PROTOCOL, e.what() + ": " + e.url());
      case PeerException.Unsupported e ->
          ApiException.of(ErrorCode.NOT_IMPLEMENTED, String.valueOf(e.getMessage()));
      case PeerException.Gone e ->
          ApiException.of(ErrorCode.UNKNOWN_RESOURCE, String.valueOf(e.getMessage()));
      case PeerException.Unknown e ->
          ApiException.of(ErrorCode.UNKNOWN_RESOURCE, "No peer with symbolic name: " + e.name());
    };
  }

  /** Clients know these failures by the words of the library that the reference uses. */
  private static ApiException network(String what, PeerException failure) {
    return ApiException.of(
        ErrorCode.NETWORK_PROTOCOL, "libCURL error: " + what + " while accessing " + failure.url());
  }

  static ApiException of(PeerFormatException failure) {
    ErrorCode code =
        switch (failure.problem()) {
          case FORM -> ErrorCode.BAD_FILE_FORMAT;
          case NUMBER -> ErrorCode.BAD_PARAMETER_TYPE;
          case FILE -> ErrorCode.INEXISTENT_FILE;
        };
    String details = failure.details();
    return details == null ? ApiException.of(code) : ApiException.of(code, details);
  }

  static ApiException of(TransferException failure) {
    ErrorCode code =
        switch (failure.problem()) {
          case UNKNOWN -> ErrorCode.UNKNOWN_RESOURCE;
          case OUT_OF_RANGE -> ErrorCode.PARAMETER_OUT_OF_RANGE;
          case WRONG_SIZE -> ErrorCode.NETWORK_PROTOCOL;
          case CORRUPTED -> ErrorCode.CORRUPTED_FILE;
          case NOT_DICOM, FORM -> ErrorCode.BAD_FILE_FORMAT;
          case STORAGE_FULL -> ErrorCode.FULL_STORAGE;
          case STORAGE_FAILED -> ErrorCode.CANNOT_WRITE_FILE;
          case OTHER_SERVER, FAILED -> ErrorCode.PLUGIN;
        };
    String details = failure.details();
    return details == null ? ApiException.of(code) : ApiException.of(code, details);
  }
}
