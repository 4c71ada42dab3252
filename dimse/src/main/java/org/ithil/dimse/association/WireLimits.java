package org.ithil.dimse.association;

import java.time.Duration;

/**
 * Limits of one connection.
 *
 * @param maxPduLength longest P-DATA-TF that we ask the peer to send, bytes, header not counted
 * @param maxAssociationPdu longest A-ASSOCIATE-RQ or -AC taken, bytes
 * @param maxCommandSet longest command set taken, bytes
 * @param silence how long the peer may say nothing while it is its turn, or not take what we send;
 *     zero = for ever
 * @param artim how long the association request may take to come, and the peer to close the
 *     connection at the end, PS3.8 9.1.5
 */
public record WireLimits(
    int maxPduLength, int maxAssociationPdu, int maxCommandSet, Duration silence, Duration artim) {
  /** Longest P-DATA-TF that is sent, and taken from peers that do not keep to our maximum. */
  static final int LARGEST_PDU = 128 << 10;

  public WireLimits {
    if (maxPduLength < 4096 || maxPduLength > LARGEST_PDU) {
      throw new IllegalArgumentException("maximum PDU length " + maxPduLength);
    }
  }

  /** 16 KiB PDUs, 1 MiB association requests, 64 KiB commands, 30 s of silence, 30 s ARTIM. */
  public static final WireLimits DEFAULT =
      new WireLimits(16384, 1 << 20, 64 << 10, Duration.ofSeconds(30), Duration.ofSeconds(30));

  public WireLimits withMaxPduLength(int length) {
    return new WireLimits(length, maxAssociationPdu, maxCommandSet, silence, artim);
  }

  public WireLimits withSilence(Duration newSilence) {
    return new WireLimits(maxPduLength, maxAssociationPdu, maxCommandSet, newSilence, artim);
  }

  public WireLimits withArtim(Duration newArtim) {
    return new WireLimits(maxPduLength, maxAssociationPdu, maxCommandSet, silence, newArtim);
  }
}
