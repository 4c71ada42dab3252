package org.ithil.archive.blob;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import org.ithil.dicom.data.ByteSource;

/** A part of an open file, with a position of its own; the file stays open when it is closed. */
final class PartChannel implements ReadableByteChannel {
  private static final int AT_ONCE = 64 << 10;

  private final ByteSource source;
  private final long end;
  private long position;
  private byte[] through = new byte[0];
  private boolean closed;

  /**
   * @throws EOFException if the source is shorter, as a damaged file is
   */
  PartChannel(ByteSource source, long offset, long length) throws EOFException {
    if (offset < 0 || length < 0 || offset > source.size() - length) {
      throw new EOFException(offset + " + " + length + " is not inside of " + source.size());
    }
    this.source = source;
    this.position = offset;
    this.end = offset + length;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (closed) {
      throw new ClosedChannelException();
    }
    if (position == end && into.hasRemaining()) {
      return -1;
    }
    int count = (int) Math.min(Math.min(into.remaining(), AT_ONCE), end - position);
    if (into.hasArray()) {
      source.read(position, into.array(), into.arrayOffset() + into.position(), count);
      into.position(into.position() + count);
    } else {
      if (through.length < count) {
        through = new byte[count];
      }
      source.read(position, through, 0, count);
      into.put(through, 0, count);
    }
    position += count;
    return count;
  }

  @Override
  public boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    closed = true;
  }
}
