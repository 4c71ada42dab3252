package org.ithil.web.error;

import java.util.Map;
import org.ithil.archive.json.JsonValue;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.services.modality.ModalityException;
import org.ithil.services.modality.ModalityException.NoAssociation.Reason;

/** What clients are told when a modality did not do what was wanted: words that they know. */
final class NetworkFailures {
  private NetworkFailures() {}

  static ApiException of(ModalityException failure) {
    return switch (failure) {
      case ModalityException.NoAssociation e ->
          ApiException.of(
              ErrorCode.NETWORK_PROTOCOL,
              "DicomAssociation - connecting to AET \"" + e.aet() + "\": " + text(e.reason()));
      case ModalityException.Broken e -> ApiException.of(ErrorCode.NETWORK_PROTOCOL, text(e));
      case ModalityException.Failed e ->
          ApiException.of(ErrorCode.NETWORK_PROTOCOL, text(e)).withPayload(payload(e.status()));
      case ModalityException.NothingAccepted e ->
          ApiException.of(
              ErrorCode.NO_PRESENTATION_CONTEXT,
              "Unable to negotiate a presentation context with AET \"" + e.aet() + '"');
      case ModalityException.NotServed e ->
          ApiException.of(
              switch (e.operation()) {
                case "C-FIND" -> ErrorCode.NO_C_FIND;
                case "C-MOVE" -> ErrorCode.NO_C_MOVE;
                default -> ErrorCode.NO_PRESENTATION_CONTEXT;
              },
              "Remote AET is " + e.aet());
      case ModalityException.ClassRefused e -> of(e);
      case ModalityException.CannotTranscode e ->
          ApiException.of(
              ErrorCode.INTERNAL_ERROR,
              "Cannot transcode instance of SOPClassUID "
                  + e.sopClass()
                  + " from "
                  + e.from()
                  + " to one of [ "
                  + String.join(", ", e.to())
                  + " ]");
      case ModalityException.Unidentified e ->
          ApiException.of(
              ErrorCode.NO_SOP_CLASS_OR_INSTANCE,
              "Unable to determine the SOP class/instance for C-STORE with AET " + e.aet());
      case ModalityException.NoEncryption e ->
          ApiException.of(
              ErrorCode.NOT_IMPLEMENTED,
              "Encrypted associations are not supported yet, as the modality with the AET \""
                  + e.aet()
                  + "\" wants them (UseDicomTls)");
    };
  }

  private static ApiException of(ModalityException.ClassRefused failure) {
    if (failure.transferSyntax() == null) {
      return ApiException.of(
          ErrorCode.NO_PRESENTATION_CONTEXT,
          "Cannot C-Store an instance of SOPClassUID "
              + failure.sopClass()
              + ", the destination has not accepted any TransferSyntax for this SOPClassUID.");
    }
    return ApiException.of(
        ErrorCode.NETWORK_PROTOCOL,
        "No valid presentation context was negotiated for SOP class UID ["
            + failure.sopClass()
            + "] and transfer syntax ["
            + failure.transferSyntax()
            + "] while sending to modality ["
            + failure.aet()
            + ']');
  }

  private static String text(Reason reason) {
    return switch (reason) {
      case CONNECTION_REFUSED -> "TCP Initialization Error: Connection refused";
      case UNKNOWN_HOST -> "TCP Initialization Error: Unknown host";
      case UNREACHABLE -> "TCP Initialization Error: No connection";
      case TIMEOUT -> "TCP Initialization Error: Timeout";
      case REJECTED -> "DUL Association Rejected";
      case ABORTED -> text(Problem.ABORTED);
      case PROTOCOL -> text(Problem.MALFORMED);
    };
  }

  private static String text(ModalityException.Broken failure) {
    if (failure.operation().equals("C-GET") && failure.problem() == Problem.TIMEOUT) {
      return "C-GET SCU to AET \"" + failure.aet() + "\" has failed to receive DIMSE command";
    }
    return "DicomAssociation - "
        + failure.operation()
        + " to AET \""
        + failure.aet()
        + "\": "
        + text(failure.problem());
  }

  private static String text(Problem problem) {
    return switch (problem) {
      case ABORTED, CLOSED, NOT_CONNECTED, REJECTED ->
          "Peer aborted Association (or never connected)";
      case TIMEOUT -> "DIMSE No data available (timeout in non-blocking mode)";
      case NO_CONTEXT -> "DIMSE No valid Presentation Context ID";
      case MALFORMED, UNKNOWN_PDU, UNEXPECTED -> "DUL Illegal or ill-formed PDU";
    };
  }

  private static String text(ModalityException.Failed failure) {
    String text =
        failure.operation()
            + " SCU to AET \""
            + failure.aet()
            + "\" has failed with DIMSE status "
            + failure.status();
    return failure.operation().equals("C-MOVE") && failure.status().equals(Status.CANNOT_UNDERSTAND)
        ? text + " (unable to process - resource not found ?)"
        : text;
  }

  private static JsonValue payload(Status status) {
    return JsonValue.object(
        Map.of(
            "Type",
            new JsonValue.Text("Dimse"),
            "Content",
            JsonValue.object(Map.of("DimseErrorStatus", new JsonValue.Whole(status.code())))));
  }
}
