package org.ithil.services.certificate;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;

/** Wraps older forms of private keys as PKCS #8 (RFC 5208 5), which is all that the JDK reads. */
final class Pkcs8 {
  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;
  private static final int EC_PARAMETERS = 0xA0;
  private static final byte[] VERSION = HexFormat.of().parseHex("020100");
  private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

  private Pkcs8() {}

  /** From PKCS #1 (RFC 8017 A.1.2). */
  static byte[] ofRsa(byte[] key) {
    return wrap(RSA, key);
  }

  /**
   * From SEC 1 (RFC 5915 3), which names its curve inside.
   *
   * @throws IndexOutOfBoundsException if it is cut
   * @throws IllegalArgumentException if it names no curve
   */
  static byte[] ofEc(byte[] key) {
    int[] outer = content(key, 0);
    for (int at = outer[0]; at < outer[1]; ) {
      int[] inner = content(key, at);
      if ((key[at] & 0xFF) == EC_PARAMETERS) {
        byte[] curve = Arrays.copyOfRange(key, inner[0], inner[1]);
        return wrap(joined(EC, curve), key);
      }
      at = inner[1];
    }
    throw new IllegalArgumentException("no curve");
  }

  private static byte[] wrap(byte[] algorithm, byte[] key) {
    return tagged(SEQUENCE, joined(VERSION, tagged(SEQUENCE, algorithm), tagged(OCTETS, key)));
  }

  /** First index of the content of the element at an index, and the one behind it. */
  private static int[] content(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    int begin = at + 2;
    if (length > 0x7F) {
      int count = length & 0x7F;
      length = 0;
      for (int i = 0; i < count; i++) {
        length = length << 8 | der[begin + i] & 0xFF;
      }
      begin += count;
    }
    if (length < 0 || begin + length > der.length) {
      throw new IndexOutOfBoundsException(begin + length);
    }
    return new int[] {begin, begin + length};
  }

  private static byte[] tagged(int tag, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 6);
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.write(0x83);
      out.write(content.length >> 16);
      out.write(content.length >> 8);
      out.write(content.length);
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  private static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
