package org.ithil.services;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;

/** Counts how often the mark of its files is read, with which a parse begins. */
final class CountingSpool implements Spool {
  /** Where DICM stands, PS3.10 7.1. */
  private static final int MARK = 128;

  final AtomicInteger beginnings = new AtomicInteger();
  private final Spool spool;

  CountingSpool(Spool spool) {
    this.spool = spool;
  }

  @Override
  public Writer open() throws IOException {
    Writer writer = spool.open();
    return new Writer() {
      @Override
      public long size() {
        return writer.size();
      }

      @Override
      public SpooledFile finish() throws IOException {
        return new Counting(writer.finish());
      }

      @Override
      public void write(int b) throws IOException {
        writer.write(b);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        writer.write(bytes, offset, length);
      }

      @Override
      public void close() throws IOException {
        writer.close();
      }
    };
  }

  private final class Counting implements SpooledFile {
    private final SpooledFile file;

    Counting(SpooledFile file) {
      this.file = file;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      if (offset <= MARK && offset + length > MARK) {
        beginnings.incrementAndGet();
      }
      file.read(offset, into, at, length);
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public ReadableByteChannel channel(long offset, long length) throws IOException {
      return file.channel(offset, length);
    }

    @Override
    public String md5() throws IOException {
      return file.md5();
    }

    @Override
    public int crc32() {
      return file.crc32();
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
