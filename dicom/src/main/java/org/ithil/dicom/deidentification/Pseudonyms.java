package org.ithil.dicom.deidentification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ithil.dicom.edit.KeyedUids;
import org.ithil.dicom.edit.UidMapping;

/**
 * New identities made of old ones and a secret key by HMAC-SHA256 (RFC 2104): the same ones for
 * everybody who has the key, and without it no way back. Safe for concurrent use.
 */
public final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  private static final int LETTERS_OF_PATIENT = 16;
  private static final int LETTERS_OF_STATION = 8;

  /** Most days by which dates move. */
  static final int MOST_DAYS = 3650;

  private final SecretKeySpec key;
  private final KeyedUids uids;

  /**
   * @param key secret, 16 bytes or more
   */
  public Pseudonyms(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
    this.uids = new KeyedUids(digest("uid", ""));
  }

  /**
   * A key out of a pass phrase.
   *
   * @param phrase the same one gives the same key
   */
  public static byte[] key(String phrase) {
    byte[] bytes = phrase.getBytes(StandardCharsets.UTF_8);
    return new Pseudonyms(bytes).digest("pseudonym key", "");
  }

  /** New UIDs for old ones. */
  public UidMapping uids() {
    return uids;
  }

  /** A UUID (RFC 9562 5.8) in the place of a Patient ID (0010,0020). */
  public String patientUuid(String patientId) {
    ByteBuffer bits = ByteBuffer.wrap(digest("patient uuid", patientId.strip()));
    long high = bits.getLong() & ~0xf000L | 0x8000L;
    long low = bits.getLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return new UUID(high, low).toString();
  }

  /** 16 letters and digits, 80 bits, in the place of the name and the identifier of a patient. */
  public String patient(String patientId) {
    return letters(digest("patient", patientId.strip()), LETTERS_OF_PATIENT);
  }

  /** "AE" and 8 letters and digits, in the place of an application entity title. */
  String applicationEntity(String title) {
    return "AE" + letters(digest("application entity", title.strip()), LETTERS_OF_STATION);
  }

  /** Days by which all dates of a patient move: -1 to -3650. */
  int days(String patientId) {
    long number = ByteBuffer.wrap(digest("days", patientId.strip())).getLong();
    return -1 - (int) Long.remainderUnsigned(number, MOST_DAYS);
  }

  private static String letters(byte[] bytes, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(LETTERS.charAt(bytes[i] & 31));
    }
    return text.toString();
  }

  private byte[] digest(String purpose, String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
