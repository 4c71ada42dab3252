package org.ithil.dimse.association;

/** States of an association, PS3.8 9.2.2. */
enum State {
  /** Idle. */
  STA1,
  /** Transport connection open, awaiting A-ASSOCIATE-RQ. */
  STA2,
  /** Awaiting the local A-ASSOCIATE response. */
  STA3,
  /** Awaiting the transport connection that was asked for. */
  STA4,
  /** Awaiting A-ASSOCIATE-AC or -RJ. */
  STA5,
  /** Established, ready for data. */
  STA6,
  /** Awaiting A-RELEASE-RP. */
  STA7,
  /** Awaiting the local A-RELEASE response. */
  STA8,
  /** Release collision, requestor: awaiting the local A-RELEASE response. */
  STA9,
  /** Release collision, acceptor: awaiting A-RELEASE-RP. */
  STA10,
  /** Release collision, requestor: awaiting A-RELEASE-RP. */
  STA11,
  /** Release collision, acceptor: awaiting the local A-RELEASE response. */
  STA12,
  /** Awaiting the end of the transport connection; there is no association any more. */
  STA13
}
