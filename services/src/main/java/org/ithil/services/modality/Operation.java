package org.ithil.services.modality;

import java.util.Optional;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dimse.message.Command;

/**
 * What a modality may be allowed to ask for; the names are those of its {@code Allow...} fields.
 */
public enum Operation {
  ECHO("Echo"),
  STORE("Store"),
  FIND("Find"),
  FIND_WORKLIST("FindWorklist"),
  GET("Get"),
  MOVE("Move"),
  N_ACTION("NAction"),
  N_EVENT_REPORT("EventReport");

  private final String key;

  Operation(String key) {
    this.key = key;
  }

  /** What follows {@code Allow} and {@code DicomAlwaysAllow} in configuration keys. */
  public String key() {
    return key;
  }

  /** The operation that a request asks for; none for those that nobody serves. */
  public static Optional<Operation> of(Command.Request request) {
    return switch (request) {
      case Command.CEchoRq _ -> Optional.of(ECHO);
      case Command.CStoreRq _ -> Optional.of(STORE);
      case Command.CFindRq find ->
          Optional.of(
              find.sopClass().equals(Uid.ModalityWorklistInformationModelFind)
                  ? FIND_WORKLIST
                  : FIND);
      case Command.CGetRq _ -> Optional.of(GET);
      case Command.CMoveRq _ -> Optional.of(MOVE);
      case Command.NActionRq _ -> Optional.of(N_ACTION);
      case Command.NEventReportRq _ -> Optional.of(N_EVENT_REPORT);
      case Command.NGetRq _, Command.NSetRq _, Command.NCreateRq _, Command.NDeleteRq _ ->
          Optional.empty();
    };
  }
}
