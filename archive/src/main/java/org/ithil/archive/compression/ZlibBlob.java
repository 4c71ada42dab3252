package org.ithil.archive.compression;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;

/**
 * Blobs compressed as the reference server does:
 *
 * <pre>
 * 8 bytes   size when uncompressed, little endian
 * the rest  zlib, RFC 1950
 * </pre>
 */
public final class ZlibBlob {
  private static final int PREFIX = 8;

  private ZlibBlob() {}

  /** Compresses a file into a new one of the spool; the first one stays. */
  public static SpooledFile compress(SpooledFile file, Spool spool) throws IOException {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    try (Spool.Writer writer = spool.open()) {
      writer.write(
          ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN).putLong(file.size()).array());
      try (OutputStream out = new DeflaterOutputStream(new Unclosed(writer), deflater, 64 << 10)) {
        file.copyTo(0, file.size(), out);
      }
      return writer.finish();
    } finally {
      deflater.end();
    }
  }

  /**
   * The uncompressed bytes of a compressed blob: read into the spool, which they leave on close.
   */
  public static Blob uncompress(Blob compressed, Spool spool) throws IOException {
    if (compressed.size() < PREFIX) {
      throw new EOFException("a compressed blob of " + compressed.size() + " bytes");
    }
    long size =
        ByteBuffer.wrap(compressed.read(0, PREFIX)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    try (ReadableByteChannel channel = compressed.channel(PREFIX, compressed.size() - PREFIX);
        InputStream in =
            new InflaterInputStream(
                new BufferedInputStream(Channels.newInputStream(channel), 64 << 10));
        Spool.Writer writer = spool.open()) {
      long copied = in.transferTo(writer);
      if (copied != size) {
        throw new EOFException("a compressed blob gave " + copied + " of " + size + " bytes");
      }
      return new Uncompressed(writer.finish());
    }
  }

  private record Uncompressed(SpooledFile file) implements Blob {
    @Override
    public long size() {
      return file.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      file.read(offset, into, at, length);
    }

    @Override
    public ReadableByteChannel channel(long offset, long length) throws IOException {
      return file.channel(offset, length);
    }

    @Override
    public void close() {
      file.close();
    }
  }

  /** Ends a compression without ending what it is written to. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream out;

    Unclosed(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }
  }
}
