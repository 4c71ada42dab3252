package org.ithil.dimse.message;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ithil.dimse.message.Command.CCancelRq;
import org.ithil.dimse.message.Command.CEchoRq;
import org.ithil.dimse.message.Command.CEchoRsp;
import org.ithil.dimse.message.Command.CFindRq;
import org.ithil.dimse.message.Command.CFindRsp;
import org.ithil.dimse.message.Command.CGetRq;
import org.ithil.dimse.message.Command.CGetRsp;
import org.ithil.dimse.message.Command.CMoveRq;
import org.ithil.dimse.message.Command.CMoveRsp;
import org.ithil.dimse.message.Command.CStoreRq;
import org.ithil.dimse.message.Command.CStoreRsp;
import org.ithil.dimse.message.Command.MoveOriginator;
import org.ithil.dimse.message.Command.NActionRq;
import org.ithil.dimse.message.Command.NCreateRq;
import org.ithil.dimse.message.Command.NDeleteRq;
import org.ithil.dimse.message.Command.NEventReportRq;
import org.ithil.dimse.message.Command.NGetRq;
import org.ithil.dimse.message.Command.NRsp;
import org.ithil.dimse.message.Command.NSetRq;
import org.ithil.dimse.message.Command.Suboperations;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;

/** The bytes of command sets, PS3.7 6.3.1 and E. */
public final class CommandCodec {
  private CommandCodec() {}

  /**
   * What a command set says.
   *
   * @param hasDataSet whether a data set follows in the message
   */
  public record Decoded(Command command, boolean hasDataSet) {}

  /**
   * Reads a command set.
   *
   * @throws DimseException {@code MALFORMED} if a mandatory field is missing, or {@code UNEXPECTED}
   *     if the kind of command is unknown
   */
  public static Decoded decode(ByteBuffer bytes) throws DimseException {
    CommandSet set = CommandSet.parse(bytes);
    int code = set.number(CommandSet.COMMAND_FIELD);
    Optional<CommandField> field = CommandField.of(code);
    if (field.isEmpty()) {
      throw new DimseException(
          Problem.UNEXPECTED, String.format("command of unknown kind %04x", code));
    }
    return new Decoded(command(field.get(), set), set.hasDataSet());
  }

  /** The bytes of a command set, group length included. */
  public static byte[] encode(Command command, boolean hasDataSet) {
    CommandSet set = new CommandSet();
    set.number(CommandSet.COMMAND_FIELD, command.field().code());
    if (command instanceof Command.Request request) {
      set.number(CommandSet.MESSAGE_ID, request.messageId());
    }
    if (command instanceof Command.Response response) {
      set.number(CommandSet.RESPONDS_TO, response.respondsTo());
      set.number(CommandSet.STATUS, response.status().code());
    }
    fields(command, set);
    return set.hasDataSet(hasDataSet).bytes();
  }

  private static Command command(CommandField field, CommandSet set) throws DimseException {
    return switch (field) {
      case C_ECHO_RQ -> new CEchoRq(id(set), affectedClass(set));
      case C_STORE_RQ ->
          new CStoreRq(
              id(set),
              affectedClass(set),
              set.uid(CommandSet.AFFECTED_SOP_INSTANCE),
              priority(set),
              set.optionalText(CommandSet.ORIGINATOR_AET)
                  .map(aet ->
                      new MoveOriginator(aet, set.optionalNumber(CommandSet.ORIGINATOR_MESSAGE))));
      case C_FIND_RQ -> new CFindRq(id(set), affectedClass(set), priority(set));
      case C_GET_RQ -> new CGetRq(id(set), affectedClass(set), priority(set));
      case C_MOVE_RQ ->
          new CMoveRq(
              id(set), affectedClass(set), priority(set), set.title(CommandSet.MOVE_DESTINATION));
      case C_CANCEL_RQ -> new CCancelRq(set.number(CommandSet.RESPONDS_TO));
      case N_EVENT_REPORT_RQ ->
          new NEventReportRq(
              id(set),
              affectedClass(set),
              set.uid(CommandSet.AFFECTED_SOP_INSTANCE),
              set.number(CommandSet.EVENT_TYPE));
      case N_GET_RQ ->
          new NGetRq(
              id(set),
              requestedClass(set),
              requestedInstance(set),
              set.tags(CommandSet.ATTRIBUTE_LIST));
      case N_SET_RQ -> new NSetRq(id(set), requestedClass(set), requestedInstance(set));
      case N_ACTION_RQ ->
          new NActionRq(
              id(set),
              requestedClass(set),
              requestedInstance(set),
              set.number(CommandSet.ACTION_TYPE));
      case N_CREATE_RQ ->
          new NCreateRq(
              id(set), affectedClass(set), set.optionalUid(CommandSet.AFFECTED_SOP_INSTANCE));
      case N_DELETE_RQ -> new NDeleteRq(id(set), requestedClass(set), requestedInstance(set));
      case C_ECHO_RSP -> new CEchoRsp(respondsTo(set), optionalClass(set), status(set));
      case C_STORE_RSP ->
          new CStoreRsp(
              respondsTo(set),
              optionalClass(set),
              set.optionalUid(CommandSet.AFFECTED_SOP_INSTANCE).orElse(""),
              status(set),
              comment(set));
      case C_FIND_RSP ->
          new CFindRsp(respondsTo(set), optionalClass(set), status(set), comment(set));
      case C_GET_RSP ->
          new CGetRsp(
              respondsTo(set), optionalClass(set), status(set), suboperations(set), comment(set));
      case C_MOVE_RSP ->
          new CMoveRsp(
              respondsTo(set), optionalClass(set), status(set), suboperations(set), comment(set));
      case N_EVENT_REPORT_RSP -> nResponse(field, set, CommandSet.EVENT_TYPE);
      case N_ACTION_RSP -> nResponse(field, set, CommandSet.ACTION_TYPE);
      case N_GET_RSP, N_SET_RSP, N_CREATE_RSP, N_DELETE_RSP -> nResponse(field, set, -1);
    };
  }

  private static void fields(Command command, CommandSet set) {
    switch (command) {
      case CEchoRq rq -> set.uid(CommandSet.AFFECTED_SOP_CLASS, rq.sopClass());
      case CEchoRsp rsp -> set.uid(CommandSet.AFFECTED_SOP_CLASS, rsp.sopClass());
      case CStoreRq rq -> {
        operation(set, rq.sopClass(), rq.priority());
        set.uid(CommandSet.AFFECTED_SOP_INSTANCE, rq.sopInstance());
        rq.originator()
            .ifPresent(originator ->
                set.title(CommandSet.ORIGINATOR_AET, originator.aet())
                    .number(CommandSet.ORIGINATOR_MESSAGE, originator.messageId()));
      }
      case CStoreRsp rsp ->
          set.uid(CommandSet.AFFECTED_SOP_CLASS, rsp.sopClass())
              .uid(CommandSet.AFFECTED_SOP_INSTANCE, rsp.sopInstance())
              .comment(rsp.errorComment());
      case CFindRq rq -> operation(set, rq.sopClass(), rq.priority());
      case CFindRsp rsp ->
          set.uid(CommandSet.AFFECTED_SOP_CLASS, rsp.sopClass()).comment(rsp.errorComment());
      case CGetRq rq -> operation(set, rq.sopClass(), rq.priority());
      case CGetRsp rsp -> {
        set.uid(CommandSet.AFFECTED_SOP_CLASS, rsp.sopClass()).comment(rsp.errorComment());
        counts(set, rsp.suboperations());
      }
      case CMoveRq rq -> {
        operation(set, rq.sopClass(), rq.priority());
        set.title(CommandSet.MOVE_DESTINATION, rq.destination());
      }
      case CMoveRsp rsp -> {
        set.uid(CommandSet.AFFECTED_SOP_CLASS, rsp.sopClass()).comment(rsp.errorComment());
        counts(set, rsp.suboperations());
      }
      case CCancelRq rq -> set.number(CommandSet.RESPONDS_TO, rq.respondsTo());
      case NEventReportRq rq ->
          set.uid(CommandSet.AFFECTED_SOP_CLASS, rq.sopClass())
              .uid(CommandSet.AFFECTED_SOP_INSTANCE, rq.sopInstance())
              .number(CommandSet.EVENT_TYPE, rq.eventType());
      case NGetRq rq ->
          requested(set, rq.sopClass(), rq.sopInstance())
              .tags(CommandSet.ATTRIBUTE_LIST, rq.attributes());
      case NSetRq rq -> requested(set, rq.sopClass(), rq.sopInstance());
      case NActionRq rq ->
          requested(set, rq.sopClass(), rq.sopInstance())
              .number(CommandSet.ACTION_TYPE, rq.actionType());
      case NCreateRq rq ->
          set.uid(CommandSet.AFFECTED_SOP_CLASS, rq.sopClass())
              .uid(CommandSet.AFFECTED_SOP_INSTANCE, rq.sopInstance());
      case NDeleteRq rq -> requested(set, rq.sopClass(), rq.sopInstance());
      case NRsp rsp -> {
        set.uid(CommandSet.AFFECTED_SOP_CLASS, rsp.sopClass())
            .uid(CommandSet.AFFECTED_SOP_INSTANCE, rsp.sopInstance())
            .comment(rsp.errorComment());
        int typeElement =
            rsp.field() == CommandField.N_ACTION_RSP
                ? CommandSet.ACTION_TYPE
                : CommandSet.EVENT_TYPE;
        set.number(typeElement, rsp.typeId());
      }
    }
  }

  private static NRsp nResponse(CommandField field, CommandSet set, int typeElement)
      throws DimseException {
    return new NRsp(
        field,
        respondsTo(set),
        set.optionalUid(CommandSet.AFFECTED_SOP_CLASS),
        set.optionalUid(CommandSet.AFFECTED_SOP_INSTANCE),
        status(set),
        set.optionalNumber(typeElement),
        comment(set));
  }

  private static void operation(CommandSet set, String sopClass, Priority priority) {
    set.uid(CommandSet.AFFECTED_SOP_CLASS, sopClass).number(CommandSet.PRIORITY, priority.code());
  }

  private static CommandSet requested(CommandSet set, String sopClass, String sopInstance) {
    return set.uid(CommandSet.REQUESTED_SOP_CLASS, sopClass)
        .uid(CommandSet.REQUESTED_SOP_INSTANCE, sopInstance);
  }

  private static void counts(CommandSet set, Suboperations counts) {
    set.number(CommandSet.REMAINING, counts.remaining())
        .number(CommandSet.COMPLETED, counts.completed())
        .number(CommandSet.FAILED, counts.failed())
        .number(CommandSet.WARNING, counts.warning());
  }

  private static Suboperations suboperations(CommandSet set) {
    return new Suboperations(
        set.optionalNumber(CommandSet.REMAINING),
        set.optionalNumber(CommandSet.COMPLETED),
        set.optionalNumber(CommandSet.FAILED),
        set.optionalNumber(CommandSet.WARNING));
  }

  private static int id(CommandSet set) throws DimseException {
    return set.number(CommandSet.MESSAGE_ID);
  }

  private static int respondsTo(CommandSet set) throws DimseException {
    return set.number(CommandSet.RESPONDS_TO);
  }

  private static Status status(CommandSet set) throws DimseException {
    return new Status(set.number(CommandSet.STATUS));
  }

  private static Priority priority(CommandSet set) {
    return Priority.of(set.optionalNumber(CommandSet.PRIORITY).orElse(Priority.MEDIUM.code()));
  }

  private static String affectedClass(CommandSet set) throws DimseException {
    return set.uid(CommandSet.AFFECTED_SOP_CLASS);
  }

  private static String requestedClass(CommandSet set) throws DimseException {
    return set.uid(CommandSet.REQUESTED_SOP_CLASS);
  }

  private static String requestedInstance(CommandSet set) throws DimseException {
    return set.uid(CommandSet.REQUESTED_SOP_INSTANCE);
  }

  private static String optionalClass(CommandSet set) {
    return set.optionalUid(CommandSet.AFFECTED_SOP_CLASS).orElse("");
  }

  private static String comment(CommandSet set) {
    return set.optionalText(CommandSet.ERROR_COMMENT).orElse("");
  }
}
