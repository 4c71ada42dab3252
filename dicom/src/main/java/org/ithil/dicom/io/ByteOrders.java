package org.ithil.dicom.io;

/** Turns numbers of 2, 4 or 8 bytes around in place. */
final class ByteOrders {
  private ByteOrders() {}

  /** Swaps whole units; a rest shorter than a unit stays as it is. */
  static void swap(byte[] bytes, int from, int to, int unit) {
    for (int i = from; i + unit <= to; i += unit) {
      for (int a = i, b = i + unit - 1; a < b; a++, b--) {
        byte kept = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = kept;
      }
    }
  }
}
