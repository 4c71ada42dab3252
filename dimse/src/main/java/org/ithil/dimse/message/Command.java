package org.ithil.dimse.message;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The command set of a DIMSE message, PS3.7 9.3 and 10.3. Mandatory fields are plain components: a
 * command that lacks one cannot be made. UIDs and titles come without padding.
 */
public sealed interface Command {
  CommandField field();

  /** What one end asks of the other. */
  sealed interface Request extends Command {
    /** Message ID (0000,0110). */
    int messageId();

    /** Affected or Requested SOP Class UID: what is concerned. */
    String sopClass();
  }

  /** The answer to a request. */
  sealed interface Response extends Command {
    /** Message ID Being Responded To (0000,0120). */
    int respondsTo();

    Status status();
  }

  /** C-ECHO-RQ, PS3.7 9.3.5.1. */
  record CEchoRq(int messageId, String sopClass) implements Request {
    @Override
    public CommandField field() {
      return CommandField.C_ECHO_RQ;
    }
  }

  /** C-ECHO-RSP, PS3.7 9.3.5.2. */
  record CEchoRsp(int respondsTo, String sopClass, Status status) implements Response {
    @Override
    public CommandField field() {
      return CommandField.C_ECHO_RSP;
    }
  }

  /**
   * C-STORE-RQ, PS3.7 9.3.1.1.
   *
   * @param originator who asked for this by a C-MOVE, if it is a sub-operation
   */
  record CStoreRq(
      int messageId,
      String sopClass,
      String sopInstance,
      Priority priority,
      Optional<MoveOriginator> originator)
      implements Request {
    @Override
    public CommandField field() {
      return CommandField.C_STORE_RQ;
    }
  }

  /** The AE title and message of the C-MOVE that a C-STORE belongs to. */
  record MoveOriginator(String aet, OptionalInt messageId) {}

  /** C-STORE-RSP, PS3.7 9.3.1.2. */
  record CStoreRsp(
      int respondsTo, String sopClass, String sopInstance, Status status, String errorComment)
      implements Response {
    @Override
    public CommandField field() {
      return CommandField.C_STORE_RSP;
    }
  }

  /** C-FIND-RQ, PS3.7 9.3.2.1; the data set is the identifier. */
  record CFindRq(int messageId, String sopClass, Priority priority) implements Request {
    @Override
    public CommandField field() {
      return CommandField.C_FIND_RQ;
    }
  }

  /** C-FIND-RSP, PS3.7 9.3.2.2. */
  record CFindRsp(int respondsTo, String sopClass, Status status, String errorComment)
      implements Response {
    @Override
    public CommandField field() {
      return CommandField.C_FIND_RSP;
    }
  }

  /** C-GET-RQ, PS3.7 9.3.3.1; the data set is the identifier. */
  record CGetRq(int messageId, String sopClass, Priority priority) implements Request {
    @Override
    public CommandField field() {
      return CommandField.C_GET_RQ;
    }
  }

  /** C-GET-RSP, PS3.7 9.3.3.2. */
  record CGetRsp(
      int respondsTo,
      String sopClass,
      Status status,
      Suboperations suboperations,
      String errorComment)
      implements Response {
    @Override
    public CommandField field() {
      return CommandField.C_GET_RSP;
    }
  }

  /** C-MOVE-RQ, PS3.7 9.3.4.1; the data set is the identifier. */
  record CMoveRq(int messageId, String sopClass, Priority priority, String destination)
      implements Request {
    @Override
    public CommandField field() {
      return CommandField.C_MOVE_RQ;
    }
  }

  /** C-MOVE-RSP, PS3.7 9.3.4.2. */
  record CMoveRsp(
      int respondsTo,
      String sopClass,
      Status status,
      Suboperations suboperations,
      String errorComment)
      implements Response {
    @Override
    public CommandField field() {
      return CommandField.C_MOVE_RSP;
    }
  }

  /** Counts of the C-STORE sub-operations of a C-GET or C-MOVE; absent ones are not sent. */
  record Suboperations(
      OptionalInt remaining, OptionalInt completed, OptionalInt failed, OptionalInt warning) {
    public static final Suboperations NONE =
        new Suboperations(
            OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
  }

  /** C-CANCEL-RQ, PS3.7 9.3.2.3: stop answering a request. It has no answer of its own. */
  record CCancelRq(int respondsTo) implements Command {
    @Override
    public CommandField field() {
      return CommandField.C_CANCEL_RQ;
    }
  }

  /** N-EVENT-REPORT-RQ, PS3.7 10.3.1.1. */
  record NEventReportRq(int messageId, String sopClass, String sopInstance, int eventType)
      implements Request {
    @Override
    public CommandField field() {
      return CommandField.N_EVENT_REPORT_RQ;
    }
  }

  /** N-GET-RQ, PS3.7 10.3.2.1; no attributes = all. */
  record NGetRq(int messageId, String sopClass, String sopInstance, List<Integer> attributes)
      implements Request {
    public NGetRq {
      attributes = List.copyOf(attributes);
    }

    @Override
    public CommandField field() {
      return CommandField.N_GET_RQ;
    }
  }

  /** N-SET-RQ, PS3.7 10.3.3.1. */
  record NSetRq(int messageId, String sopClass, String sopInstance) implements Request {
    @Override
    public CommandField field() {
      return CommandField.N_SET_RQ;
    }
  }

  /** N-ACTION-RQ, PS3.7 10.3.4.1. */
  record NActionRq(int messageId, String sopClass, String sopInstance, int actionType)
      implements Request {
    @Override
    public CommandField field() {
      return CommandField.N_ACTION_RQ;
    }
  }

  /** N-CREATE-RQ, PS3.7 10.3.5.1; the SCP may choose the instance. */
  record NCreateRq(int messageId, String sopClass, Optional<String> sopInstance)
      implements Request {
    @Override
    public CommandField field() {
      return CommandField.N_CREATE_RQ;
    }
  }

  /** N-DELETE-RQ, PS3.7 10.3.6.1. */
  record NDeleteRq(int messageId, String sopClass, String sopInstance) implements Request {
    @Override
    public CommandField field() {
      return CommandField.N_DELETE_RQ;
    }
  }

  /**
   * The answer to any N- request, PS3.7 10.3: they share their fields.
   *
   * @param field one of the N-...-RSP
   * @param typeId event type of N-EVENT-REPORT, action type of N-ACTION
   */
  record NRsp(
      CommandField field,
      int respondsTo,
      Optional<String> sopClass,
      Optional<String> sopInstance,
      Status status,
      OptionalInt typeId,
      String errorComment)
      implements Response {}
}
