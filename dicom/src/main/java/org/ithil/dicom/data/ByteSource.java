package org.ithil.dicom.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Random access to the bytes that located values point into: a file, or an array. Safe for
 * concurrent use.
 */
public interface ByteSource {
  /** Number of bytes. */
  long size();

  /** True if going back costs as much as reading all that lies before. */
  default boolean isSequential() {
    return false;
  }

  /**
   * Reads exactly {@code length} bytes into an array.
   *
   * @param offset first byte in this source
   * @param into filled from {@code at} on
   * @throws java.io.EOFException if they are not there
   */
  void read(long offset, byte[] into, int at, int length) throws IOException;

  /**
   * Reads exactly {@code length} bytes. Nothing is allocated for bytes that are not there.
   *
   * @throws java.io.EOFException if they are not there
   */
  default byte[] read(long offset, int length) throws IOException {
    requireInside(offset, length);
    byte[] bytes = new byte[length];
    read(offset, bytes, 0, length);
    return bytes;
  }

  /**
   * Copies bytes to a stream, piece by piece.
   *
   * @throws java.io.EOFException if they are not there; then nothing was written
   */
  default void copyTo(long offset, long length, OutputStream out) throws IOException {
    requireInside(offset, length);
    byte[] piece = new byte[(int) Math.min(length, 64 << 10)];
    for (long done = 0; done < length; ) {
      int n = (int) Math.min(length - done, piece.length);
      read(offset + done, piece, 0, n);
      out.write(piece, 0, n);
      done += n;
    }
  }

  /**
   * Lets go of what a reading has left behind in order to go on faster, as an inflater. To be
   * called by whoever has read what it wanted; reading goes on to be possible.
   */
  default void release() {}

  /**
   * Checks a range against the size.
   *
   * @throws java.io.EOFException if it is not inside
   */
  default void requireInside(long offset, long length) throws EOFException {
    if (offset < 0 || length < 0 || length > size() - offset) {
      throw new EOFException("bytes " + offset + "+" + length + " of " + size());
    }
  }

  /** The bytes of an array, which the caller must not change any more. */
  static ByteSource of(byte[] bytes) {
    return new ByteSource() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public void read(long offset, byte[] into, int at, int length) throws IOException {
        requireInside(offset, length);
        System.arraycopy(bytes, (int) offset, into, at, length);
      }

      @Override
      public void copyTo(long offset, long length, OutputStream out) throws IOException {
        requireInside(offset, length);
        out.write(bytes, (int) offset, (int) length);
      }
    };
  }
}
