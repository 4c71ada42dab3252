package org.ithil.dicom.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.ithil.dicom.data.ByteSource;

/**
 * The bytes of a file, read at positions: safe for concurrent use, without a position of its own.
 * Its size is that at the time of opening.
 */
public final class FileByteSource implements ByteSource, Closeable {
  private final FileChannel channel;
  private final long size;

  private FileByteSource(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Opens a file for reading. */
  public static FileByteSource open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      return new FileByteSource(channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Reads through a channel that the caller opened; closing this closes the channel. */
  public static FileByteSource of(FileChannel channel) throws IOException {
    return new FileByteSource(channel, channel.size());
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    requireInside(offset, length);
    ByteBuffer buffer = ByteBuffer.wrap(into, at, length);
    long position = offset;
    while (buffer.hasRemaining()) {
      int n = channel.read(buffer, position);
      if (n < 0) {
        throw new EOFException("the file became shorter: " + position + " of " + size);
      }
      position += n;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
