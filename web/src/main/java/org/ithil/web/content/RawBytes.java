package org.ithil.web.content;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/**
 * Values as they would lie in a little endian file. Text loses its padding but for what makes its
 * length even: one blank, or in a UID one NUL. A value of odd length gets a NUL.
 */
final class RawBytes {
  /** A multiple of every unit. */
  private static final int PIECE = 64 << 10;

  private RawBytes() {}

  /** A value in memory. */
  static byte[] of(byte[] bytes, Vr vr) {
    if (bytes.length % 2 == 1) {
      return Arrays.copyOf(bytes, bytes.length + 1);
    }
    int length = vr.isText() ? unpadded(bytes, vr) : bytes.length;
    byte[] even = Arrays.copyOf(bytes, length + length % 2);
    if (length < even.length) {
      even[length] = vr.padding();
    }
    return even;
  }

  private static int unpadded(byte[] bytes, Vr vr) {
    int length = bytes.length;
    while (length > 0 && (bytes[length - 1] == ' ' || vr == Vr.UI && bytes[length - 1] == 0)) {
      length--;
    }
    return length;
  }

  /**
   * A located value.
   *
   * @param start where it starts in its source
   * @param length how much of it lies there
   * @param end what is sent behind that
   */
  record Large(Value.Located start, long length, byte[] end) {
    /** How many bytes are sent. */
    long total() {
      return length + end.length;
    }
  }

  /** Finds out what is to be sent of a located value: looks at its last 64 KiB at most. */
  static Large large(Value.Located value, Vr vr, ByteSource values) throws IOException {
    int rest = (int) Math.min(value.length(), PIECE + (value.length() & 1));
    if (!vr.isText() && value.length() % 2 == 0) {
      return new Large(value, value.length(), new byte[0]);
    }
    long length = value.length() - rest;
    return new Large(value, length, of(value.read(values, vr, length, rest), vr));
  }

  /**
   * Writes a located value piece by piece.
   *
   * @param vr tells which bytes are swapped together
   */
  static void write(Large value, Vr vr, ByteSource values, OutputStream out) throws IOException {
    Value.Located start = value.start();
    new Value.Located(start.offset(), value.length(), start.bigEndian())
        .read(values, vr, PIECE, out::write);
    out.write(value.end());
  }
}
