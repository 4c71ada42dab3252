package org.ithil.dimse.association;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.ithil.dimse.association.StateTable.Transition;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandCodec;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.PduCodec;
import org.jspecify.annotations.Nullable;

/**
 * One end of an association: the upper layer of PS3.8, and the messages of PS3.7 on top of it.
 *
 * <p>All it does follows {@link StateTable}: what arrives or is asked for becomes an {@link Event},
 * the table says what to do. For one thread, except {@link #abortSoon} and {@link #abortNow}.
 *
 * <p>When a method throws {@link DimseException}, the association is over, and the peer has been
 * told if it could be; {@link #close} remains to be called.
 */
public final class UpperLayer implements Closeable {
  /** Peers that announce less than this get more than they asked for. */
  private static final int SMALLEST_FRAGMENT = 122;

  /** Who is told that this end stops has as long to close the connection. */
  private static final Duration FAREWELL = Duration.ofSeconds(1);

  final Wire wire;
  private final WireLimits limits;
  private final PduReader reader;
  private final boolean requestor;
  private volatile State state = State.STA1;
  private @Nullable Association association;
  private int fragmentSize = SMALLEST_FRAGMENT;

  private int pduRemaining;
  int pdvRemaining;
  int pdvContext;
  boolean pdvCommand;
  boolean pdvLast;
  private @Nullable DataSetInput dataSet;

  private UpperLayer(Socket socket, WireLimits limits, boolean requestor) throws IOException {
    this.wire = new Wire(socket, limits.silence());
    this.limits = limits;
    this.reader = new PduReader(wire, limits);
    this.requestor = requestor;
  }

  /** The acceptor's end of a connection that has just been made. */
  public static UpperLayer acceptor(Socket socket, WireLimits limits) throws IOException {
    UpperLayer layer = new UpperLayer(socket, limits, false);
    layer.on(Event.TRANSPORT_INDICATED, null);
    return layer;
  }

  /** The requestor's end of a connection that has just been made for it. */
  public static UpperLayer requestor(Socket socket, WireLimits limits) throws IOException {
    UpperLayer layer = new UpperLayer(socket, limits, true);
    layer.on(Event.LOCAL_ASSOCIATE_REQUEST, null);
    return layer;
  }

  /** Awaits the association request; to be answered by {@link #accept} or {@link #reject}. */
  public Pdu.AssociateRq awaitRequest() throws DimseException {
    Event event = nextPdu();
    on(event, null);
    if (reader.received().orElse(null) instanceof Pdu.AssociateRq request) {
      return request;
    }
    throw ended(event);
  }

  /** Accepts the association. */
  public void accept(Pdu.AssociateAc acceptance, Association agreed) throws DimseException {
    establish(agreed);
    on(Event.LOCAL_ACCEPT, acceptance);
  }

  /** Refuses the association. */
  public void reject(Rejection rejection) throws DimseException {
    on(Event.LOCAL_REJECT, rejection.pdu());
  }

  /**
   * Asks for an association and awaits the answer.
   *
   * @return the acceptance; {@link #establish} is to be called with what it says
   * @throws DimseException {@code REJECTED} and others
   */
  public Pdu.AssociateAc request(Pdu.AssociateRq request) throws DimseException {
    on(Event.TRANSPORT_CONFIRMED, request);
    Event event = nextPdu();
    on(event, null);
    if (reader.received().orElse(null) instanceof Pdu.AssociateAc acceptance) {
      return acceptance;
    }
    throw ended(event);
  }

  /** Notes what was agreed on. */
  public void establish(Association agreed) {
    association = agreed;
    int peerMaximum = agreed.peer().maxPduLength();
    int length =
        peerMaximum == 0 ? WireLimits.LARGEST_PDU : Math.min(peerMaximum, WireLimits.LARGEST_PDU);
    fragmentSize = Math.max(length - Pdu.PDV_HEADER_LENGTH, SMALLEST_FRAGMENT) & ~1;
    // Who asks for an association sends large data sets: several PDUs leave at once.
    wire.sendLimit(fragmentSize, requestor ? WireLimits.LARGEST_PDU : 0);
  }

  /**
   * Awaits the next message. The rest of the last one's data set is skipped.
   *
   * @return null when the peer has released the association
   */
  public @Nullable Incoming receive() throws DimseException {
    if (dataSet != null) {
      dataSet.skipRest();
      dataSet = null;
    }
    awaitMessage();
    byte[] command = new byte[256];
    int length = 0;
    int overhead = 0;
    int context = -1;
    do {
      if (!nextPdv(length == 0)) {
        return null;
      }
      if (!pdvCommand || (context >= 0 && pdvContext != context)) {
        throw fail(Problem.UNEXPECTED, "fragment of another message");
      }
      context = pdvContext;
      // Headers count: else a peer could send fragments without end that hold nothing.
      overhead += Pdu.PDV_HEADER_LENGTH;
      if (length + pdvRemaining + overhead > limits.maxCommandSet()) {
        throw fail(Problem.MALFORMED, "command set longer than " + limits.maxCommandSet());
      }
      if (length + pdvRemaining > command.length) {
        command = Arrays.copyOf(command, Math.max(2 * command.length, length + pdvRemaining));
      }
      length += readFragment(command, length);
    } while (!pdvLast);
    CommandCodec.Decoded decoded;
    try {
      decoded = CommandCodec.decode(ByteBuffer.wrap(command, 0, length));
    } catch (DimseException e) {
      abort();
      throw e;
    }
    PresentationContext accepted = Objects.requireNonNull(accepted(context));
    if (decoded.hasDataSet()) {
      wire.startData(limits.minimumRate());
    } else {
      wire.endSet();
    }
    DataSetInput input = new DataSetInput(this, context, !decoded.hasDataSet());
    dataSet = input;
    return new Incoming(accepted, decoded.command(), decoded.hasDataSet(), input);
  }

  /** An association may rest; once a message has begun, its command has to come. */
  private void awaitMessage() throws DimseException {
    wire.endSet();
    try {
      if (pduRemaining == 0) {
        wire.await();
      }
      wire.startCommand(limits.commandTime());
    } catch (WireException e) {
      throw lost(e);
    }
  }

  /** Whether something has arrived that {@link #receive} would read. */
  public boolean hasArrived() throws DimseException {
    try {
      return pduRemaining > 0 || wire.available();
    } catch (WireException e) {
      throw lost(e);
    }
  }

  /**
   * Sends a message.
   *
   * @param body the data set; null for none
   * @throws IOException of the body; the association is aborted then
   */
  public void send(PresentationContext context, Command command, @Nullable DataSetBody body)
      throws IOException {
    on(Event.LOCAL_DATA, null);
    try {
      Wire.Fragments fragments = wire.new Fragments(context.id(), true, fragmentSize);
      fragments.write(CommandCodec.encode(command, body != null));
      fragments.finish();
      if (body != null) {
        Wire.Fragments data = wire.new Fragments(context.id(), false, fragmentSize);
        body.writeTo(data);
        data.finish();
      }
      wire.flush();
    } catch (WireException e) {
      throw lost(e);
    } catch (IOException | RuntimeException e) {
      abort();
      throw e;
    }
  }

  /** Releases the association in good order; what still arrives is skipped. */
  public void release() throws DimseException {
    if (dataSet != null) {
      dataSet.skipRest();
      dataSet = null;
    }
    on(Event.LOCAL_RELEASE_REQUEST, new Pdu.ReleaseRq());
    while (state != State.STA1 && state != State.STA13) {
      while (pduRemaining > 0) {
        pduRemaining -= skipSome(pduRemaining);
      }
      Event event = nextPdu();
      on(event, null);
      switch (state) {
        case STA9, STA12 -> on(Event.LOCAL_RELEASE_RESPONSE, new Pdu.ReleaseRp());
        default -> {
          if (event != Event.DATA_TF && event != Event.RELEASE_RQ && event != Event.RELEASE_RP) {
            throw ended(event);
          }
        }
      }
    }
  }

  /** Ends the association at once, if there is one. */
  public void abort() {
    if (state != State.STA1 && state != State.STA2 && state != State.STA13) {
      try {
        on(Event.LOCAL_ABORT, null);
      } catch (DimseException e) {
        // The peer is gone already.
      }
    }
  }

  /** Aborts as soon as nothing more is written, from any thread. */
  public void abortSoon() {
    wire.stop();
  }

  /** Cuts the connection, from any thread. */
  public void abortNow() {
    wire.close();
  }

  /** Whether the association has ended. */
  public boolean ended() {
    return state == State.STA1 || state == State.STA13;
  }

  /** Ends the association if it still stands, and waits for the peer to close the connection. */
  @Override
  public void close() {
    abort();
    if (state == State.STA13 && !wire.closed()) {
      Event event = Event.TRANSPORT_CLOSED;
      try {
        wire.startTimer(wire.stopping() ? shorter(limits.artim()) : limits.artim());
        wire.drain(WireLimits.MOST_DISCARDED);
      } catch (WireException e) {
        if (e.kind() == WireException.Kind.TIMEOUT) {
          event = Event.ARTIM_EXPIRED;
        }
      }
      try {
        on(event, null);
      } catch (DimseException e) {
        // Closed.
      }
    }
    wire.close();
  }

  private static Duration shorter(Duration artim) {
    return artim.isZero() || artim.compareTo(FAREWELL) > 0 ? FAREWELL : artim;
  }

  /** Follows the table: the action, and the next state. */
  private void on(Event event, @Nullable Pdu toSend) throws DimseException {
    Transition transition =
        StateTable.next(state, event)
            .orElseThrow(() -> new IllegalStateException(event + " in " + state));
    boolean first = transition.action() != Action.AR_8 || requestor;
    state = first ? transition.next() : transition.otherwise();
    switch (transition.action()) {
      case AE_1, AE_3, AR_2, AR_6, AR_8, AR_10, DT_1, DT_2, AR_7, AA_6 -> {}
      case AE_5 -> wire.startTimer(limits.artim());
      case AE_6, AR_5, AA_5 -> wire.stopTimer();
      case AE_2, AE_7, AR_1, AR_9 -> write(Objects.requireNonNull(toSend));
      case AE_8, AR_4 -> {
        write(Objects.requireNonNull(toSend));
        wire.startTimer(limits.artim());
      }
      case AE_4, AR_3, AA_2, AA_3, AA_4 -> wire.close();
      case AA_1, AA_7 -> {
        write(Pdu.Abort.BY_USER);
        wire.startTimer(limits.artim());
      }
      case AA_8 -> {
        // Peers are told "unexpected", but as by the reference nothing about what is no PDU.
        write(event == Event.INVALID_PDU ? Pdu.Abort.BY_USER : Pdu.Abort.UNEXPECTED_PDU);
        wire.startTimer(limits.artim());
      }
    }
  }

  private void write(Pdu pdu) throws DimseException {
    try {
      wire.send(PduCodec.encode(pdu));
    } catch (WireException e) {
      throw lost(e);
    }
  }

  /** Reads the next PDU; of P-DATA-TF only the header. */
  private Event nextPdu() throws DimseException {
    try {
      Event event = reader.next(state);
      pduRemaining = event == Event.DATA_TF ? reader.dataLength() : 0;
      return event;
    } catch (DimseException e) {
      // Who does not even start like a DICOM peer is not told anything.
      boolean stranger = state == State.STA2 && e.problem() == Problem.UNKNOWN_PDU;
      on(stranger ? Event.TRANSPORT_CLOSED : Event.INVALID_PDU, null);
      throw e;
    } catch (WireException e) {
      throw lost(e);
    }
  }

  /**
   * Reads on to the start of the next PDV.
   *
   * @param mayRelease whether a release may come instead: answered, and false returned
   */
  boolean nextPdv(boolean mayRelease) throws DimseException {
    if (pduRemaining == 0) {
      Event event = nextPdu();
      if (event == Event.RELEASE_RQ && !mayRelease) {
        throw fail(Problem.UNEXPECTED, "release inside a message");
      }
      on(event, null);
      if (event == Event.RELEASE_RQ) {
        on(Event.LOCAL_RELEASE_RESPONSE, new Pdu.ReleaseRp());
        return false;
      }
      if (event != Event.DATA_TF) {
        throw ended(event);
      }
    }
    if (pduRemaining < Pdu.PDV_HEADER_LENGTH) {
      throw fail(Problem.MALFORMED, "PDU ends inside a PDV");
    }
    try {
      int length = wire.int4();
      pdvContext = wire.octet();
      int control = wire.octet();
      pdvCommand = (control & 1) != 0;
      pdvLast = (control & 2) != 0;
      pduRemaining -= Pdu.PDV_HEADER_LENGTH;
      pdvRemaining = length - 2;
    } catch (WireException e) {
      throw lost(e);
    }
    if (pdvRemaining < 0 || pdvRemaining > pduRemaining || pdvRemaining % 2 != 0) {
      throw fail(Problem.MALFORMED, "PDV of length " + (pdvRemaining + 2));
    }
    pduRemaining -= pdvRemaining;
    if (accepted(pdvContext) == null) {
      throw fail(Problem.UNEXPECTED, "presentation context " + pdvContext + " was not accepted");
    }
    return true;
  }

  private @Nullable PresentationContext accepted(int id) {
    return Objects.requireNonNull(association).context(id).orElse(null);
  }

  private int readFragment(byte[] target, int offset) throws DimseException {
    int length = pdvRemaining;
    try {
      while (pdvRemaining > 0) {
        pdvRemaining -= wire.read(target, offset + length - pdvRemaining, pdvRemaining);
      }
    } catch (WireException e) {
      throw lost(e);
    }
    return length;
  }

  /** Skips at least one byte, at most {@code length}; returns how many. */
  int skipSome(int length) throws DimseException {
    try {
      int count = Math.min(wire.await(), length);
      wire.pass(OutputStream.nullOutputStream(), count);
      return count;
    } catch (WireException e) {
      throw lost(e);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Aborts because of the peer. */
  DimseException fail(Problem problem, String message) {
    abort();
    return new DimseException(problem, message);
  }

  /** What to throw after a PDU that ended the association. */
  private DimseException ended(Event event) {
    Pdu pdu = reader.received().orElse(null);
    if (pdu instanceof Pdu.Abort(int source, int reason)) {
      return new DimseException(
          Problem.ABORTED, "aborted by the peer: source " + source + ", reason " + reason, pdu);
    }
    if (pdu instanceof Pdu.AssociateRj(int result, int source, int reason)) {
      return new DimseException(
          Problem.REJECTED,
          "rejected: result " + result + ", source " + source + ", reason " + reason,
          pdu);
    }
    return new DimseException(Problem.UNEXPECTED, event + " may not come now");
  }

  /** The connection is lost, or its time is over. */
  DimseException lost(WireException cause) {
    boolean timeout = cause.kind() == WireException.Kind.TIMEOUT;
    if (timeout && state != State.STA2) {
      abort();
    } else if (state != State.STA1) {
      try {
        on(timeout ? Event.ARTIM_EXPIRED : Event.TRANSPORT_CLOSED, null);
      } catch (DimseException e) {
        throw new IllegalStateException("nothing is sent in these transitions", e);
      }
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), "connection lost");
    return new DimseException(timeout ? Problem.TIMEOUT : Problem.CLOSED, message, cause);
  }
}
