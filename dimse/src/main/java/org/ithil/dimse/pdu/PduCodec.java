package org.ithil.dimse.pdu;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.UserInformation.AsynchronousWindow;
import org.ithil.dimse.pdu.UserInformation.ExtendedNegotiation;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;

/**
 * The bytes of PDUs, PS3.8 9.3.
 *
 * <p>Association PDUs hold items: type (1 byte), reserved (1), length (2, big endian), value. Items
 * of unknown type are skipped, in the user information kept.
 */
public final class PduCodec {
  private static final int APPLICATION_CONTEXT = 0x10;
  private static final int PROPOSED_CONTEXT = 0x20;
  private static final int CONTEXT_RESULT = 0x21;
  private static final int ABSTRACT_SYNTAX = 0x30;
  private static final int TRANSFER_SYNTAX = 0x40;
  private static final int USER_INFORMATION = 0x50;
  private static final int MAXIMUM_LENGTH = 0x51;
  private static final int IMPLEMENTATION_CLASS_UID = 0x52;
  private static final int ASYNCHRONOUS_WINDOW = 0x53;
  private static final int ROLE_SELECTION = 0x54;
  private static final int IMPLEMENTATION_VERSION = 0x55;
  private static final int EXTENDED_NEGOTIATION = 0x56;

  private static final int TITLE_LENGTH = 16;
  private static final int RESERVED_LENGTH = 32;

  private PduCodec() {}

  /**
   * Reads what follows the six bytes of header.
   *
   * @param type type byte of the header
   * @param body all bytes that the header's length announced
   * @throws DimseException {@code MALFORMED} or {@code UNKNOWN_PDU}
   */
  public static Pdu decode(int type, ByteBuffer body) throws DimseException {
    try {
      return switch (type) {
        case 1 -> associateRq(body);
        case 2 -> associateAc(body);
        case 3 -> {
          skip(body, 1);
          yield new Pdu.AssociateRj(octet(body), octet(body), octet(body));
        }
        case 4 -> dataTf(body);
        case 5 -> new Pdu.ReleaseRq();
        case 6 -> new Pdu.ReleaseRp();
        case 7 -> {
          skip(body, 2);
          yield new Pdu.Abort(octet(body), octet(body));
        }
        default -> throw new DimseException(Problem.UNKNOWN_PDU, "PDU of unknown type " + type);
      };
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new DimseException(Problem.MALFORMED, "PDU of type " + type + " ends too early", e);
    }
  }

  /** All bytes of a PDU, header included. */
  public static byte[] encode(Pdu pdu) {
    ItemWriter out = new ItemWriter();
    out.octet(pdu.type());
    out.octet(0);
    int start = out.beginLength4();
    switch (pdu) {
      case Pdu.AssociateRq rq -> {
        associationHead(out, rq.protocolVersion(), rq.calledAet(), rq.callingAet());
        out.item(APPLICATION_CONTEXT, rq.applicationContext());
        for (ProposedContext context : rq.contexts()) {
          int item = out.beginItem(PROPOSED_CONTEXT);
          out.octets(context.id(), 0, 0, 0);
          out.item(ABSTRACT_SYNTAX, context.abstractSyntax());
          context.transferSyntaxes().forEach(syntax -> out.item(TRANSFER_SYNTAX, syntax));
          out.endItem(item);
        }
        userInformation(out, rq.user());
      }
      case Pdu.AssociateAc ac -> {
        associationHead(out, ac.protocolVersion(), ac.calledAet(), ac.callingAet());
        out.item(APPLICATION_CONTEXT, ac.applicationContext());
        for (ContextResult context : ac.contexts()) {
          int item = out.beginItem(CONTEXT_RESULT);
          out.octets(context.id(), 0, context.result(), 0);
          out.item(TRANSFER_SYNTAX, context.transferSyntax());
          out.endItem(item);
        }
        userInformation(out, ac.user());
      }
      case Pdu.AssociateRj(int result, int source, int reason) ->
          out.octets(0, result, source, reason);
      case Pdu.DataTf(List<Pdu.Pdv> values) -> {
        for (Pdu.Pdv value : values) {
          int length = out.beginLength4();
          out.octet(value.contextId());
          out.octet((value.command() ? 1 : 0) | (value.last() ? 2 : 0));
          out.bytes(value.fragment());
          out.endLength4(length);
        }
      }
      case Pdu.ReleaseRq _, Pdu.ReleaseRp _ -> out.octets(0, 0, 0, 0);
      case Pdu.Abort(int source, int reason) -> out.octets(0, 0, source, reason);
    }
    out.endLength4(start);
    return out.toByteArray();
  }

  private static Pdu associateRq(ByteBuffer in) throws DimseException {
    int version = in.getShort() & 0xffff;
    skip(in, 2);
    String called = title(in);
    String calling = title(in);
    skip(in, RESERVED_LENGTH);
    String application = "";
    List<ProposedContext> contexts = new ArrayList<>();
    UserInformation user = UserInformation.of(0, "", "");
    while (in.hasRemaining()) {
      int type = octet(in);
      ByteBuffer item = item(in);
      switch (type) {
        case APPLICATION_CONTEXT -> application = uid(item);
        case PROPOSED_CONTEXT -> contexts.add(proposedContext(item));
        case USER_INFORMATION -> user = userInformation(item);
        default -> {}
      }
    }
    return new Pdu.AssociateRq(version, called, calling, application, contexts, user);
  }

  private static Pdu associateAc(ByteBuffer in) throws DimseException {
    int version = in.getShort() & 0xffff;
    skip(in, 2);
    String called = title(in);
    String calling = title(in);
    skip(in, RESERVED_LENGTH);
    String application = "";
    List<ContextResult> contexts = new ArrayList<>();
    UserInformation user = UserInformation.of(0, "", "");
    while (in.hasRemaining()) {
      int type = octet(in);
      ByteBuffer item = item(in);
      switch (type) {
        case APPLICATION_CONTEXT -> application = uid(item);
        case CONTEXT_RESULT -> contexts.add(contextResult(item));
        case USER_INFORMATION -> user = userInformation(item);
        default -> {}
      }
    }
    return new Pdu.AssociateAc(version, called, calling, application, contexts, user);
  }

  private static ProposedContext proposedContext(ByteBuffer in) {
    int id = octet(in);
    skip(in, 3);
    String abstractSyntax = "";
    List<String> transferSyntaxes = new ArrayList<>();
    while (in.hasRemaining()) {
      int type = octet(in);
      ByteBuffer item = item(in);
      switch (type) {
        case ABSTRACT_SYNTAX -> abstractSyntax = uid(item);
        case TRANSFER_SYNTAX -> transferSyntaxes.add(uid(item));
        default -> {}
      }
    }
    return new ProposedContext(id, abstractSyntax, transferSyntaxes);
  }

  private static ContextResult contextResult(ByteBuffer in) {
    int id = octet(in);
    skip(in, 1);
    int result = octet(in);
    skip(in, 1);
    String transferSyntax = "";
    while (in.hasRemaining()) {
      int type = octet(in);
      ByteBuffer item = item(in);
      if (type == TRANSFER_SYNTAX) {
        transferSyntax = uid(item);
      }
    }
    return new ContextResult(id, result, transferSyntax);
  }

  private static UserInformation userInformation(ByteBuffer in) {
    int maxLength = 0;
    String implementation = "";
    String version = "";
    Optional<AsynchronousWindow> window = Optional.empty();
    List<RoleSelection> roles = new ArrayList<>();
    List<ExtendedNegotiation> extended = new ArrayList<>();
    List<UserInformation.Item> others = new ArrayList<>();
    while (in.hasRemaining()) {
      int type = octet(in);
      ByteBuffer item = item(in);
      switch (type) {
        case MAXIMUM_LENGTH -> maxLength = Math.max(item.getInt(), 0);
        case IMPLEMENTATION_CLASS_UID -> implementation = uid(item);
        case IMPLEMENTATION_VERSION -> version = text(item, item.remaining()).strip();
        case ASYNCHRONOUS_WINDOW ->
            window =
                Optional.of(
                    new AsynchronousWindow(item.getShort() & 0xffff, item.getShort() & 0xffff));
        case ROLE_SELECTION -> {
          String sopClass = uid(counted(item));
          roles.add(new RoleSelection(sopClass, octet(item) == 1, octet(item) == 1));
        }
        case EXTENDED_NEGOTIATION -> {
          String sopClass = uid(counted(item));
          extended.add(new ExtendedNegotiation(sopClass, item.slice().asReadOnlyBuffer()));
        }
        default -> others.add(new UserInformation.Item(type, item.slice().asReadOnlyBuffer()));
      }
    }
    return new UserInformation(maxLength, implementation, version, window, roles, extended, others);
  }

  private static Pdu dataTf(ByteBuffer in) throws DimseException {
    List<Pdu.Pdv> values = new ArrayList<>();
    while (in.hasRemaining()) {
      int length = in.getInt();
      if (length < 2 || length > in.remaining()) {
        throw new DimseException(Problem.MALFORMED, "PDV of length " + length);
      }
      int context = octet(in);
      int control = octet(in);
      ByteBuffer fragment = in.slice(in.position(), length - 2).asReadOnlyBuffer();
      skip(in, length - 2);
      values.add(new Pdu.Pdv(context, (control & 1) != 0, (control & 2) != 0, fragment));
    }
    return new Pdu.DataTf(values);
  }

  private static void associationHead(
      ItemWriter out, int version, String calledAet, String callingAet) {
    out.short2(version);
    out.short2(0);
    out.padded(calledAet, TITLE_LENGTH);
    out.padded(callingAet, TITLE_LENGTH);
    out.bytes(ByteBuffer.allocate(RESERVED_LENGTH));
  }

  private static void userInformation(ItemWriter out, UserInformation user) {
    int item = out.beginItem(USER_INFORMATION);
    int length = out.beginItem(MAXIMUM_LENGTH);
    out.int4(user.maxPduLength());
    out.endItem(length);
    if (!user.implementationClassUid().isEmpty()) {
      out.item(IMPLEMENTATION_CLASS_UID, user.implementationClassUid());
    }
    user.window()
        .ifPresent(window -> {
          int at = out.beginItem(ASYNCHRONOUS_WINDOW);
          out.short2(window.invoked());
          out.short2(window.performed());
          out.endItem(at);
        });
    for (RoleSelection role : user.roles()) {
      int at = out.beginItem(ROLE_SELECTION);
      out.counted(role.sopClass());
      out.octets(role.scu() ? 1 : 0, role.scp() ? 1 : 0);
      out.endItem(at);
    }
    if (!user.implementationVersion().isEmpty()) {
      out.item(IMPLEMENTATION_VERSION, user.implementationVersion());
    }
    for (ExtendedNegotiation negotiation : user.extended()) {
      int at = out.beginItem(EXTENDED_NEGOTIATION);
      out.counted(negotiation.sopClass());
      out.bytes(negotiation.information());
      out.endItem(at);
    }
    for (UserInformation.Item other : user.others()) {
      int at = out.beginItem(other.type());
      out.bytes(other.value());
      out.endItem(at);
    }
    out.endItem(item);
  }

  /** The value of an item whose type has been read: reserved byte, length, value. */
  private static ByteBuffer item(ByteBuffer in) {
    skip(in, 1);
    return counted(in);
  }

  private static ByteBuffer counted(ByteBuffer in) {
    int length = in.getShort() & 0xffff;
    ByteBuffer value = in.slice(in.position(), Math.min(length, in.remaining()));
    skip(in, length);
    return value;
  }

  private static void skip(ByteBuffer in, int length) {
    if (in.remaining() < length) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + length);
  }

  private static int octet(ByteBuffer in) {
    return in.get() & 0xff;
  }

  private static String title(ByteBuffer in) {
    return text(in, TITLE_LENGTH);
  }

  private static String uid(ByteBuffer in) {
    String text = text(in, in.remaining());
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == 0 || text.charAt(end - 1) == ' ')) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String text(ByteBuffer in, int length) {
    byte[] bytes = new byte[length];
    in.get(bytes);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
