package org.ithil.dimse.pdu;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An association that could not be made, or that ended before its time. */
public final class DimseException extends IOException {
  private static final long serialVersionUID = 1;

  /** What went wrong. */
  public enum Problem {
    /** No connection: unknown host, nobody listens, no route. */
    NOT_CONNECTED,
    /** The peer rejected the association; {@link #pdu} is its A-ASSOCIATE-RJ. */
    REJECTED,
    /** No presentation context was accepted for what was to be sent. */
    NO_CONTEXT,
    /** The peer aborted; {@link #pdu} is its A-ABORT. */
    ABORTED,
    /** The peer closed the connection, or the network did. */
    CLOSED,
    /** The peer stayed silent for too long. */
    TIMEOUT,
    /** Bytes that are no PDU or command set, or go beyond a limit. */
    MALFORMED,
    /** A PDU of a type that the standard does not know. */
    UNKNOWN_PDU,
    /** A PDU or message that may not come now. */
    UNEXPECTED
  }

  private final Problem problem;
  private final transient @Nullable Pdu pdu;

  public DimseException(Problem problem, String message) {
    this(problem, message, (Throwable) null);
  }

  public DimseException(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = problem;
    this.pdu = null;
  }

  public DimseException(Problem problem, String message, Pdu pdu) {
    super(message);
    this.problem = problem;
    this.pdu = pdu;
  }

  public Problem problem() {
    return problem;
  }

  /** The PDU that told it, for a rejection or an abort. */
  public Optional<Pdu> pdu() {
    return Optional.ofNullable(pdu);
  }
}
