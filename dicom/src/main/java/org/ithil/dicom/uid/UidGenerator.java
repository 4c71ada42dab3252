package org.ithil.dicom.uid;

import java.math.BigInteger;
import java.util.random.RandomGenerator;

/**
 * Makes UIDs from random numbers: "2.25." and a UUID (RFC 9562, version 4) in decimal, PS3.5 B.2.
 * Safe for concurrent use if its randomness is.
 */
public final class UidGenerator {
  private static final String ROOT = "2.25.";

  private final RandomGenerator random;

  /**
   * @param random a source that nobody can foresee, such as {@code java.security.SecureRandom}
   */
  public UidGenerator(RandomGenerator random) {
    this.random = random;
  }

  /** A new UID, at most 44 characters. */
  public String next() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
    bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
    return ROOT + new BigInteger(1, bytes);
  }
}
