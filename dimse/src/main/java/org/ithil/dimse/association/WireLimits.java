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
 * @param commandTime how long a command set may take from its first byte to its last; zero = for
 *     ever
 * @param minimumRate bytes a second below which a data set is given up, once it has been waited for
 *     as long as {@code silence}; only time spent waiting for the peer counts. 0 = no limit
 * @param artim how long the association request may take to come, and the peer to close the
 *     connection at the end, PS3.8 9.1.5
 */
public record WireLimits(
    int maxPduLength,
    int maxAssociationPdu,
    int maxCommandSet,
    Duration silence,
    Duration commandTime,
    long minimumRate,
    Duration artim) {
  /** Longest P-DATA-TF that is sent, and taken from peers that do not keep to our maximum. */
  static final int LARGEST_PDU = 128 << 10;

  /**
   * What is still read of a peer that goes on sending after the end of the association: more than
   * the buffers on the way hold, so that the peer gets to read why. Without a key, as it delays
   * nobody else and ARTIM limits it as well.
   */
  static final long MOST_DISCARDED = 64L * LARGEST_PDU;

  public WireLimits {
    if (minimumRate < 0) {
      throw new IllegalArgumentException("minimum rate " + minimumRate);
    }
    if (maxPduLength < 4096 || maxPduLength > LARGEST_PDU) {
      throw new IllegalArgumentException("maximum PDU length " + maxPduLength);
    }
  }

  /**
   * 16 KiB PDUs, 1 MiB association requests, 64 KiB commands, 30 s of silence, 30 s for a command,
   * 256 bytes a second, 30 s ARTIM.
   */
  public static final WireLimits DEFAULT =
      new WireLimits(
          16384,
          1 << 20,
          64 << 10,
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          256,
          Duration.ofSeconds(30));

  public WireLimits withMaxPduLength(int length) {
    return new WireLimits(
        length, maxAssociationPdu, maxCommandSet, silence, commandTime, minimumRate, artim);
  }

  public WireLimits withSilence(Duration newSilence) {
    return new WireLimits(
        maxPduLength,
        maxAssociationPdu,
        maxCommandSet,
        newSilence,
        commandTime,
        minimumRate,
        artim);
  }

  public WireLimits withArtim(Duration newArtim) {
    return new WireLimits(
        maxPduLength,
        maxAssociationPdu,
        maxCommandSet,
        silence,
        commandTime,
        minimumRate,
        newArtim);
  }

  public WireLimits withCommandTime(Duration time) {
    return new WireLimits(
        maxPduLength, maxAssociationPdu, maxCommandSet, silence, time, minimumRate, artim);
  }

  public WireLimits withMinimumRate(long bytesPerSecond) {
    return new WireLimits(
        maxPduLength,
        maxAssociationPdu,
        maxCommandSet,
        silence,
        commandTime,
        bytesPerSecond,
        artim);
  }
}
