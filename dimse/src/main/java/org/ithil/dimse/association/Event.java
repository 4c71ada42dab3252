package org.ithil.dimse.association;

/** Events in the life of an association, PS3.8 9.2.3, in the standard's order: Evt1 to Evt19. */
enum Event {
  /** Evt1. */
  LOCAL_ASSOCIATE_REQUEST,
  /** Evt2. */
  TRANSPORT_CONFIRMED,
  /** Evt3. */
  ASSOCIATE_AC,
  /** Evt4. */
  ASSOCIATE_RJ,
  /** Evt5. */
  TRANSPORT_INDICATED,
  /** Evt6. */
  ASSOCIATE_RQ,
  /** Evt7. */
  LOCAL_ACCEPT,
  /** Evt8. */
  LOCAL_REJECT,
  /** Evt9. */
  LOCAL_DATA,
  /** Evt10. */
  DATA_TF,
  /** Evt11. */
  LOCAL_RELEASE_REQUEST,
  /** Evt12. */
  RELEASE_RQ,
  /** Evt13. */
  RELEASE_RP,
  /** Evt14. */
  LOCAL_RELEASE_RESPONSE,
  /** Evt15. */
  LOCAL_ABORT,
  /** Evt16. */
  ABORT,
  /** Evt17. */
  TRANSPORT_CLOSED,
  /** Evt18. */
  ARTIM_EXPIRED,
  /** Evt19. */
  INVALID_PDU
}
