package org.ithil.dimse.pdu;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * A protocol data unit of PS3.8 9.3. Each starts with its type (1 byte), a reserved byte and the
 * length of what follows (4 bytes, big endian).
 */
public sealed interface Pdu {
  /** The application context that every DICOM association names, PS3.7 A.2.1. */
  String DICOM_APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

  /** Bytes in front of each PDU: type, reserved, length. */
  int HEADER_LENGTH = 6;

  /** Bytes in front of each PDV's fragment: length, context, message control header. */
  int PDV_HEADER_LENGTH = 6;

  /** Type byte, PS3.8 9.3.1. */
  int type();

  /**
   * A-ASSOCIATE-RQ, PS3.8 9.3.2.
   *
   * @param protocolVersion bit 0 stands for version 1
   * @param calledAet as sent, outer blanks included
   * @param callingAet as sent, outer blanks included
   * @param contexts in the order proposed; identifiers are not checked
   */
  record AssociateRq(
      int protocolVersion,
      String calledAet,
      String callingAet,
      String applicationContext,
      List<ProposedContext> contexts,
      UserInformation user)
      implements Pdu {
    public AssociateRq {
      contexts = List.copyOf(contexts);
    }

    @Override
    public int type() {
      return 1;
    }
  }

  /**
   * A-ASSOCIATE-AC, PS3.8 9.3.3. The titles are those of the request, to be ignored by its sender.
   */
  record AssociateAc(
      int protocolVersion,
      String calledAet,
      String callingAet,
      String applicationContext,
      List<ContextResult> contexts,
      UserInformation user)
      implements Pdu {
    public AssociateAc {
      contexts = List.copyOf(contexts);
    }

    @Override
    public int type() {
      return 2;
    }
  }

  /**
   * A-ASSOCIATE-RJ, PS3.8 9.3.4.
   *
   * @param result 1 permanent, 2 transient
   * @param source 1 service user, 2 provider (ACSE), 3 provider (presentation)
   * @param reason meaning depends on the source
   */
  record AssociateRj(int result, int source, int reason) implements Pdu {
    @Override
    public int type() {
      return 3;
    }
  }

  /**
   * P-DATA-TF, PS3.8 9.3.5. The wire reads and writes these piecemeal; this form is for what is
   * small.
   */
  record DataTf(List<Pdv> values) implements Pdu {
    public DataTf {
      values = List.copyOf(values);
    }

    @Override
    public int type() {
      return 4;
    }
  }

  /** A-RELEASE-RQ, PS3.8 9.3.6. */
  record ReleaseRq() implements Pdu {
    @Override
    public int type() {
      return 5;
    }
  }

  /** A-RELEASE-RP, PS3.8 9.3.7. */
  record ReleaseRp() implements Pdu {
    @Override
    public int type() {
      return 6;
    }
  }

  /**
   * A-ABORT, PS3.8 9.3.8.
   *
   * @param source 0 service user, 2 service provider
   * @param reason only of the provider: 0 none given, 1 unrecognized PDU, 2 unexpected PDU, 4
   *     unrecognized, 5 unexpected, 6 invalid parameter
   */
  record Abort(int source, int reason) implements Pdu {
    /** The service user gives up; no reason can be given. */
    public static final Abort BY_USER = new Abort(0, 0);

    /** A PDU that the state does not allow. */
    public static final Abort UNEXPECTED_PDU = new Abort(2, 2);

    @Override
    public int type() {
      return 7;
    }
  }

  /**
   * A presentation data value, PS3.8 9.3.5.1 and E.2.
   *
   * @param contextId presentation context
   * @param command whether the fragment belongs to a command set rather than a data set
   * @param last whether it is the last one of its set
   * @param fragment its bytes, read-only
   */
  record Pdv(int contextId, boolean command, boolean last, ByteBuffer fragment) {}
}
