package org.ithil.dicom.data;

import java.io.IOException;
import java.util.Arrays;

/**
 * Random access to the bytes that located values point into: a file, or an array. Safe for
 * concurrent use.
 */
public interface ByteSource {
  /** Number of bytes. */
  long size();

  /**
   * Reads exactly {@code length} bytes.
   *
   * @throws java.io.EOFException if they are not there
   */
  byte[] read(long offset, int length) throws IOException;

  /** The bytes of an array, which the caller must not change any more. */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public byte[] read(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > bytes.length) {
          throw new java.io.EOFException("bytes " + offset + "+" + length + " of " + bytes.length);
        }
        return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
      }
    };
  }
}
