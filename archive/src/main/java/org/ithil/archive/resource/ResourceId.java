package org.ithil.archive.resource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The public identifier of a resource: the SHA-1 of its DICOM identifiers, in three numbers that
 * hold 20 bytes, most significant first. Ordered as its text is.
 *
 * @param high bytes 0 to 7
 * @param middle bytes 8 to 15
 * @param low bytes 16 to 19
 */
public record ResourceId(long high, long middle, int low) implements Comparable<ResourceId> {
  /** Number of bytes. */
  public static final int SIZE = 20;

  private static final int TEXT_LENGTH = 44;

  public static ResourceId ofPatient(String patientId) {
    return hash(patientId);
  }

  public static ResourceId ofStudy(String patientId, String studyUid) {
    return hash(patientId + '|' + studyUid);
  }

  public static ResourceId ofSeries(String patientId, String studyUid, String seriesUid) {
    return hash(patientId + '|' + studyUid + '|' + seriesUid);
  }

  public static ResourceId ofInstance(
      String patientId, String studyUid, String seriesUid, String sopInstanceUid) {
    return hash(patientId + '|' + studyUid + '|' + seriesUid + '|' + sopInstanceUid);
  }

  /** Reads 20 bytes. */
  public static ResourceId of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new ResourceId(buffer.getLong(), buffer.getLong(), buffer.getInt());
  }

  /** Reads its text: five groups of eight hexadecimal digits in lower case. Empty if it is none. */
  public static Optional<ResourceId> parse(String text) {
    if (text.length() != TEXT_LENGTH) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.allocate(SIZE);
    for (int group = 0; group < 5; group++) {
      int value = 0;
      for (int i = 0; i < 8; i++) {
        char c = text.charAt(group * 9 + i);
        if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
          return Optional.empty();
        }
        value = value << 4 | Character.digit(c, 16);
      }
      if (group < 4 && text.charAt(group * 9 + 8) != '-') {
        return Optional.empty();
      }
      buffer.putInt(value);
    }
    return Optional.of(of(buffer.array()));
  }

  /** The 20 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(SIZE).putLong(high).putLong(middle).putInt(low).array();
  }

  @Override
  public int compareTo(ResourceId other) {
    int order = Long.compareUnsigned(high, other.high);
    if (order == 0) {
      order = Long.compareUnsigned(middle, other.middle);
    }
    return order != 0 ? order : Integer.compareUnsigned(low, other.low);
  }

  /** Five groups of eight hexadecimal digits, joined by "-". */
  @Override
  public String toString() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((int) (high >>> 32))
        + '-'
        + hex.toHexDigits((int) high)
        + '-'
        + hex.toHexDigits((int) (middle >>> 32))
        + '-'
        + hex.toHexDigits((int) middle)
        + '-'
        + hex.toHexDigits(low);
  }

  private static ResourceId hash(String text) {
    try {
      return of(MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
