package org.ithil.dicom.edit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * New UIDs made from old ones and a secret key by HMAC-SHA256 (RFC 2104): nothing has to be
 * remembered, however many there are, and who has the key can do it again. The first 128 bits are
 * written as a UUID of version 8 (RFC 9562 5.8) below "2.25." (PS3.5 B.2).
 */
public final class KeyedUids implements UidMapping {
  private static final String ALGORITHM = "HmacSHA256";
  private static final String ROOT = "2.25.";

  private final byte[] key;

  /**
   * @param key secret, 16 bytes or more
   */
  public KeyedUids(byte[] key) {
    this.key = key.clone();
  }

  @Override
  public String map(String uid) {
    byte[] bits = Arrays.copyOf(digest(uid), 16);
    bits[6] = (byte) (bits[6] & 0x0f | 0x80);
    bits[8] = (byte) (bits[8] & 0x3f | 0x80);
    return ROOT + new BigInteger(1, bits);
  }

  private byte[] digest(String uid) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(uid.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
