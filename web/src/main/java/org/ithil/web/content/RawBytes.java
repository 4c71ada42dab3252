package org.ithil.web.content;

import java.io.IOException;
import java.io.OutputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/** Values as they would lie in a little endian file, written piece by piece. */
final class RawBytes {
  /** A multiple of every unit. */
  private static final int PIECE = 64 << 10;

  private RawBytes() {}

  /**
   * Writes a located value.
   *
   * @param vr tells which bytes are swapped together
   */
  static void write(Value.Located value, Vr vr, ByteSource values, OutputStream out)
      throws IOException {
    if (!value.bigEndian() || vr.unit() == 1) {
      values.copyTo(value.offset(), value.length(), out);
      return;
    }
    byte[] piece = new byte[(int) Math.min(value.length(), PIECE)];
    for (long done = 0; done < value.length(); ) {
      int count = (int) Math.min(value.length() - done, piece.length);
      values.read(value.offset() + done, piece, 0, count);
      swap(piece, count, vr.unit());
      out.write(piece, 0, count);
      done += count;
    }
  }

  /** Reverses each whole unit; a rest stays as it is. */
  private static void swap(byte[] bytes, int count, int unit) {
    for (int start = 0; start + unit <= count; start += unit) {
      for (int i = start, j = start + unit - 1; i < j; i++, j--) {
        byte swapped = bytes[i];
        bytes[i] = bytes[j];
        bytes[j] = swapped;
      }
    }
  }
}
