package org.ithil.web.tags;

/** Values as they would lie in a little endian file. */
final class ByteOrders {
  private ByteOrders() {}

  /**
   * The same bytes, units reversed in place if they were big endian. A rest that is shorter than a
   * unit stays as it is.
   *
   * @param unit bytes that belong together: 1, 2, 4 or 8
   */
  static byte[] littleEndian(byte[] bytes, int unit, boolean bigEndian) {
    if (bigEndian && unit > 1) {
      for (int start = 0; start + unit <= bytes.length; start += unit) {
        for (int i = start, j = start + unit - 1; i < j; i++, j--) {
          byte swapped = bytes[i];
          bytes[i] = bytes[j];
          bytes[j] = swapped;
        }
      }
    }
    return bytes;
  }
}
