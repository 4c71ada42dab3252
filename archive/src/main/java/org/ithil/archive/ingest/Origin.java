package org.ithil.archive.ingest;

/** Where an instance comes from. */
public sealed interface Origin {
  /**
   * The REST API or DICOMweb.
   *
   * @param remoteIp address of the client
   * @param username who was authenticated, or empty
   */
  record Http(String remoteIp, String username) implements Origin {}

  /**
   * C-STORE.
   *
   * @param remoteIp address of the peer
   * @param remoteAet calling AE title
   * @param calledAet called AE title
   */
  record Dicom(String remoteIp, String remoteAet, String calledAet) implements Origin {}

  /** A part of the server itself, such as WebDAV or a job. */
  record Internal() implements Origin {}

  /** A script. */
  record Script() implements Origin {}
}
