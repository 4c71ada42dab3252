package org.ithil.services.modality;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.jspecify.annotations.Nullable;

/** Something that we wanted of a modality, and did not get. */
public abstract sealed class ModalityException extends IOException {
  private static final long serialVersionUID = 1;

  private final String aet;
  private final String host;
  private final int port;

  private ModalityException(Modality modality, String message, @Nullable Throwable cause) {
    super(
        message + " (" + modality.aet() + " at " + modality.host() + ":" + modality.port() + ")",
        cause);
    this.aet = modality.aet();
    this.host = modality.host();
    this.port = modality.port();
  }

  /** The title of the modality. */
  public String aet() {
    return aet;
  }

  /** Its name or address on the network. */
  public String host() {
    return host;
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /** No association was made. */
  public static final class NoAssociation extends ModalityException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** What prevented it. */
    public enum Reason {
      CONNECTION_REFUSED,
      UNKNOWN_HOST,
      UNREACHABLE,
      REJECTED,
      ABORTED,
      TIMEOUT,
      PROTOCOL
    }

    NoAssociation(Modality modality, DimseException cause) {
      super(modality, "no association", cause);
      this.reason = reason(cause);
    }

    private static Reason reason(DimseException failure) {
      return switch (failure.problem()) {
        case NOT_CONNECTED ->
            switch (failure.getCause()) {
              case ConnectException _ -> Reason.CONNECTION_REFUSED;
              case UnknownHostException _ -> Reason.UNKNOWN_HOST;
              case SocketTimeoutException _ -> Reason.TIMEOUT;
              case null, default -> Reason.UNREACHABLE;
            };
        case REJECTED -> Reason.REJECTED;
        case ABORTED, CLOSED -> Reason.ABORTED;
        case TIMEOUT -> Reason.TIMEOUT;
        case NO_CONTEXT, MALFORMED, UNKNOWN_PDU, UNEXPECTED -> Reason.PROTOCOL;
      };
    }

    public Reason reason() {
      return reason;
    }
  }

  /** The association ended before the answer came. */
  public static final class Broken extends ModalityException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final Problem problem;

    Broken(Modality modality, String operation, DimseException cause) {
      super(modality, operation + " broke off", cause);
      this.operation = operation;
      this.problem = cause.problem();
    }

    /** As in {@code C-STORE}. */
    public String operation() {
      return operation;
    }

    public Problem problem() {
      return problem;
    }
  }

  /** The modality answered with a status that is a failure. */
  public static final class Failed extends ModalityException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final int status;

    public Failed(Modality modality, String operation, Status status) {
      super(modality, operation + " was answered with " + status, null);
      this.operation = operation;
      this.status = status.code();
    }

    /** As in {@code C-STORE}. */
    public String operation() {
      return operation;
    }

    public Status status() {
      return new Status(status);
    }
  }

  /** The modality took none of the presentation contexts. */
  public static final class NothingAccepted extends ModalityException {
    private static final long serialVersionUID = 1;

    public NothingAccepted(Modality modality) {
      super(modality, "no presentation context was accepted", null);
    }
  }

  /** The modality does not serve what we wanted to ask for. */
  public static final class NotServed extends ModalityException {
    private static final long serialVersionUID = 1;

    private final String operation;

    public NotServed(Modality modality, String operation) {
      super(modality, operation + " is not served", null);
      this.operation = operation;
    }

    /** As in {@code C-FIND}. */
    public String operation() {
      return operation;
    }
  }

  /** The modality takes a SOP class not at all, or not in the only syntax that there is. */
  public static final class ClassRefused extends ModalityException {
    private static final long serialVersionUID = 1;

    private final String sopClass;
    private final @Nullable String transferSyntax;

    /**
     * @param transferSyntax the only one that would do; null if any would
     */
    public ClassRefused(Modality modality, String sopClass, @Nullable String transferSyntax) {
      super(
          modality,
          sopClass + (transferSyntax == null ? "" : " in " + transferSyntax) + " is not taken",
          null);
      this.sopClass = sopClass;
      this.transferSyntax = transferSyntax;
    }

    public String sopClass() {
      return sopClass;
    }

    /** The only one that would do; null if any would. */
    public @Nullable String transferSyntax() {
      return transferSyntax;
    }
  }

  /** An instance cannot be brought into a transfer syntax that the modality takes. */
  public static final class CannotTranscode extends ModalityException {
    private static final long serialVersionUID = 1;

    private final String sopClass;
    private final String from;
    private final List<String> to;

    public CannotTranscode(Modality modality, String sopClass, String from, List<String> to) {
      super(modality, sopClass + " cannot be transcoded from " + from + " to any of " + to, null);
      this.sopClass = sopClass;
      this.from = from;
      this.to = List.copyOf(to);
    }

    public String sopClass() {
      return sopClass;
    }

    /** The transfer syntax of the instance. */
    public String from() {
      return from;
    }

    /** Those that the modality takes. */
    public List<String> to() {
      return to;
    }
  }

  /** An instance has no SOP class or no SOP instance UID: nothing to name it by in a request. */
  public static final class Unidentified extends ModalityException {
    private static final long serialVersionUID = 1;

    public Unidentified(Modality modality) {
      super(modality, "an instance without SOP class or instance UID", null);
    }
  }

  /** The modality wants encrypted associations, which cannot be made. */
  public static final class NoEncryption extends ModalityException {
    private static final long serialVersionUID = 1;

    NoEncryption(Modality modality) {
      super(modality, "encrypted associations are not supported", null);
    }
  }
}
