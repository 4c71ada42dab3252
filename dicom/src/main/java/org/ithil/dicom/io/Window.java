package org.ithil.dicom.io;

import java.io.IOException;
import java.util.Arrays;
import org.ithil.dicom.data.ByteSource;

/**
 * A moving view of a source: small reads ahead first, larger ones when the reading goes on, so that
 * element headers cost no call each. For one thread.
 */
final class Window {
  private static final int FIRST = 8 << 10;
  private static final int LARGEST = 64 << 10;

  private final ByteSource source;
  private final long size;
  private byte[] buffer = new byte[0];
  private long start;
  private int filled;
  private int ahead = FIRST;

  Window(ByteSource source) {
    this.source = source;
    this.size = source.size();
  }

  long size() {
    return size;
  }

  /** An unsigned byte; it must be there. */
  int u8(long offset) throws IOException {
    return buffer[index(offset, 1)] & 0xff;
  }

  /** Two bytes, big endian whatever the data set: the letters of a value representation. */
  int letters(long offset) throws IOException {
    int i = index(offset, 2);
    return (buffer[i] & 0xff) << 8 | buffer[i + 1] & 0xff;
  }

  int u16(long offset, boolean bigEndian) throws IOException {
    int i = index(offset, 2);
    int a = buffer[i] & 0xff;
    int b = buffer[i + 1] & 0xff;
    return bigEndian ? a << 8 | b : b << 8 | a;
  }

  long u32(long offset, boolean bigEndian) throws IOException {
    long first = u16(offset, bigEndian);
    long second = u16(offset + 2, bigEndian);
    return bigEndian ? first << 16 | second : second << 16 | first;
  }

  /** Group and element as one number. */
  int tag(long offset, boolean bigEndian) throws IOException {
    return u16(offset, bigEndian) << 16 | u16(offset + 2, bigEndian);
  }

  /** A copy of bytes that are known to be there. */
  byte[] copy(long offset, int length) throws IOException {
    if (length > FIRST && (offset < start || offset + length > start + filled)) {
      return source.read(offset, length);
    }
    int i = index(offset, length);
    return Arrays.copyOfRange(buffer, i, i + length);
  }

  private int index(long offset, int length) throws IOException {
    if (offset < start || offset + length > start + filled) {
      source.requireInside(offset, length);
      int wanted = (int) Math.min(Math.max(length, ahead), size - offset);
      if (offset == start + filled || offset > start && offset < start + filled) {
        ahead = Math.min(2 * ahead, LARGEST);
      } else {
        ahead = FIRST;
      }
      if (buffer.length < wanted) {
        buffer = new byte[wanted];
      }
      filled = 0;
      source.read(offset, buffer, 0, wanted);
      start = offset;
      filled = wanted;
    }
    return (int) (offset - start);
  }
}
