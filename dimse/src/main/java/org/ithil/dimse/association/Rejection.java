package org.ithil.dimse.association;

import org.ithil.dimse.pdu.Pdu;

/** Why an association is not accepted: result, source and reason of PS3.8 9.3.4. */
public enum Rejection {
  NO_REASON(1, 1, 1),
  APPLICATION_CONTEXT_NOT_SUPPORTED(1, 1, 2),
  CALLING_AET_NOT_RECOGNIZED(1, 1, 3),
  CALLED_AET_NOT_RECOGNIZED(1, 1, 7),
  PROTOCOL_VERSION_NOT_SUPPORTED(1, 2, 2),
  TEMPORARY_CONGESTION(2, 3, 1),
  LOCAL_LIMIT_EXCEEDED(2, 3, 2);

  private final Pdu.AssociateRj pdu;

  Rejection(int result, int source, int reason) {
    pdu = new Pdu.AssociateRj(result, source, reason);
  }

  public Pdu.AssociateRj pdu() {
    return pdu;
  }
}
