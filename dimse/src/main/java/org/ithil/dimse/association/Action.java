package org.ithil.dimse.association;

/** Actions of PS3.8 9.2.4, tables 9-6 to 9-9. */
enum Action {
  /** Issue a transport connect request. */
  AE_1,
  /** Send A-ASSOCIATE-RQ. */
  AE_2,
  /** Confirm the association: accepted. */
  AE_3,
  /** Confirm the association: rejected; close. */
  AE_4,
  /** Take the transport connection; start ARTIM. */
  AE_5,
  /** Stop ARTIM; indicate the request, or reject it (Sta13) when the provider cannot take it. */
  AE_6,
  /** Send A-ASSOCIATE-AC. */
  AE_7,
  /** Send A-ASSOCIATE-RJ; start ARTIM. */
  AE_8,
  /** Send P-DATA-TF. */
  DT_1,
  /** Indicate data. */
  DT_2,
  /** Send A-RELEASE-RQ. */
  AR_1,
  /** Indicate a release. */
  AR_2,
  /** Confirm the release; close. */
  AR_3,
  /** Send A-RELEASE-RP; start ARTIM. */
  AR_4,
  /** Stop ARTIM. */
  AR_5,
  /** Indicate data while a release is on its way. */
  AR_6,
  /** Send P-DATA-TF while a release is on its way. */
  AR_7,
  /** Indicate a release collision: requestor to Sta9, acceptor to Sta10. */
  AR_8,
  /** Send A-RELEASE-RP. */
  AR_9,
  /** Confirm the release. */
  AR_10,
  /** Send A-ABORT (service user); start ARTIM. */
  AA_1,
  /** Stop ARTIM; close. */
  AA_2,
  /** Indicate the peer's abort; close. */
  AA_3,
  /** Indicate an abort by the provider. */
  AA_4,
  /** Stop ARTIM. */
  AA_5,
  /** Ignore the PDU. */
  AA_6,
  /** Send A-ABORT. */
  AA_7,
  /** Send A-ABORT (service provider); indicate an abort; start ARTIM. */
  AA_8
}
