package org.ithil.dimse.association;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.PduCodec;
import org.jspecify.annotations.Nullable;

/** Reads PDUs from the wire: small ones whole, of P-DATA-TF only the header. */
final class PduReader {
  /** Longest body of a PDU that is neither association nor data: they have four bytes. */
  private static final int SMALL_PDU = 64;

  private final Wire wire;
  private final WireLimits limits;
  private @Nullable Pdu received;
  private int dataLength;

  PduReader(Wire wire, WireLimits limits) {
    this.wire = wire;
    this.limits = limits;
  }

  /**
   * Reads the next PDU.
   *
   * @param state decides whether what it says matters: of one that may not come, the type is enough
   * @throws DimseException {@code UNKNOWN_PDU} after the first byte, or {@code MALFORMED}
   */
  Event next(State state) throws DimseException, WireException {
    received = null;
    int type = wire.octet();
    Event event =
        switch (type) {
          case 1 -> Event.ASSOCIATE_RQ;
          case 2 -> Event.ASSOCIATE_AC;
          case 3 -> Event.ASSOCIATE_RJ;
          case 4 -> Event.DATA_TF;
          case 5 -> Event.RELEASE_RQ;
          case 6 -> Event.RELEASE_RP;
          case 7 -> Event.ABORT;
          default -> throw new DimseException(Problem.UNKNOWN_PDU, "PDU of unknown type " + type);
        };
    wire.octet();
    int length = wire.int4();
    int limit =
        switch (type) {
          case 1, 2 -> limits.maxAssociationPdu();
          case 4 -> WireLimits.LARGEST_PDU;
          default -> SMALL_PDU;
        };
    if (length < 0 || length > limit) {
      throw new DimseException(Problem.MALFORMED, "PDU of type " + type + " and length " + length);
    }
    if (event == Event.DATA_TF) {
      dataLength = length;
      return event;
    }
    ByteBuffer body = ByteBuffer.wrap(wire.bytes(length));
    boolean expected =
        switch (type) {
          case 1 -> state == State.STA2;
          case 2, 3 -> state == State.STA5;
          default -> true;
        };
    if (expected) {
      received = PduCodec.decode(type, body);
    }
    return event;
  }

  /** The PDU that was read last; empty for data, and for what may not come. */
  Optional<Pdu> received() {
    return Optional.ofNullable(received);
  }

  /** Bytes that follow the header of the last P-DATA-TF. */
  int dataLength() {
    return dataLength;
  }
}
