package org.ithil.archive.packing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipException;

/**
 * Writes a ZIP archive (APPNOTE 6.3) front to back. The entries come packed already; of those whose
 * packed size is not known in advance, sizes follow behind the bytes. ZIP64 is used where a plain
 * limit is passed, nowhere else. Holds the directory in memory: some hundred bytes for an entry.
 */
final class ZipWriter {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  private static final long LIMIT = 0xffffffffL;
  private static final int MOST_ENTRIES = 0xffff;
  private static final int PLAIN = 20;
  private static final int WITH_ZIP64 = 45;
  private static final int SIZES_FOLLOW = 1 << 3;
  private static final int UTF8 = 1 << 11;

  /** An entry of a size beyond this may be larger than a plain limit once it is deflated. */
  private static final long MAY_PASS = LIMIT - (LIMIT >> 10);

  private final OutputStream out;
  private final int time;
  private final Bytes directory = new Bytes();
  private long written;
  private long entries;

  /** Numbers as ZIP has them: little endian. */
  private static final class Bytes extends ByteArrayOutputStream {
    Bytes u16(int value) {
      write(value);
      write(value >> 8);
      return this;
    }

    Bytes u32(long value) {
      return u16((int) value).u16((int) (value >> 16));
    }

    Bytes u64(long value) {
      return u32(value).u32(value >> 32);
    }
  }

  /** What is written, and what the directory will say. */
  private record Entry(byte[] name, int flags, int method, long offset, boolean wide) {}

  ZipWriter(OutputStream out, LocalDateTime now) {
    this.out = out;
    int date = Math.max(0, now.getYear() - 1980) << 9 | now.getMonthValue() << 5;
    this.time =
        (date | now.getDayOfMonth()) << 16
            | now.getHour() << 11
            | now.getMinute() << 5
            | now.getSecond() / 2;
  }

  /** Bytes written so far. */
  long size() {
    return written;
  }

  /** Adds an entry that is there as a whole. */
  void add(String name, int method, int crc, long size, byte[] packed, int length)
      throws IOException {
    Entry entry = entry(name, method, 0, size);
    head(entry, crc, length, size);
    write(packed, length);
    end(entry, crc, length, size);
  }

  /** Writes the bytes of an entry. */
  interface Content {
    void write(OutputStream out) throws IOException, InterruptedException;
  }

  /** Adds a stored entry whose sum is known before. */
  void addStored(String name, int crc, long size, Content content)
      throws IOException, InterruptedException {
    Entry entry = entry(name, STORED, 0, size);
    head(entry, crc, size, size);
    long start = written;
    content.write(new Counted());
    if (written - start != size) {
      throw new ZipException("an entry of " + (written - start) + " bytes should have " + size);
    }
    end(entry, crc, size, size);
  }

  /** Tells the sum of what was written, when it is. */
  interface Summed {
    int crc();
  }

  /**
   * Adds a deflated entry; sum and packed size follow behind it.
   *
   * @param size of the unpacked bytes
   */
  void addDeflated(String name, long size, Content content, Summed sum)
      throws IOException, InterruptedException {
    Entry entry = entry(name, DEFLATED, SIZES_FOLLOW, size);
    head(entry, 0, 0, 0);
    long start = written;
    content.write(new Counted());
    long packed = written - start;
    Bytes descriptor = new Bytes().u32(0x08074b50L).u32(sum.crc());
    if (entry.wide()) {
      descriptor.u64(packed).u64(size);
    } else {
      descriptor.u32(packed).u32(size);
    }
    write(descriptor);
    end(entry, sum.crc(), packed, size);
  }

  private Entry entry(String name, int method, int flags, long size) throws ZipException {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0xffff) {
      throw new ZipException("the name of an entry is too long");
    }
    boolean wide = size >= (flags == 0 ? LIMIT : MAY_PASS);
    int utf8 = bytes.length == name.length() ? 0 : UTF8;
    return new Entry(bytes, flags | utf8, method, written, wide);
  }

  private void head(Entry entry, int crc, long packed, long size) throws IOException {
    boolean wide = entry.wide();
    Bytes head =
        new Bytes()
            .u32(0x04034b50L)
            .u16(wide ? WITH_ZIP64 : PLAIN)
            .u16(entry.flags())
            .u16(entry.method())
            .u32(time)
            .u32(crc)
            .u32(wide ? LIMIT : packed)
            .u32(wide ? LIMIT : size)
            .u16(entry.name().length)
            .u16(wide ? 20 : 0);
    head.writeBytes(entry.name());
    if (wide) {
      head.u16(1).u16(16).u64(size).u64(packed);
    }
    write(head);
  }

  private void end(Entry entry, int crc, long packed, long size) {
    Bytes extra = new Bytes();
    if (size >= LIMIT) {
      extra.u64(size);
    }
    if (packed >= LIMIT) {
      extra.u64(packed);
    }
    if (entry.offset() >= LIMIT) {
      extra.u64(entry.offset());
    }
    boolean wide = extra.size() > 0 || entry.wide();
    directory
        .u32(0x02014b50L)
        .u16(wide ? WITH_ZIP64 : PLAIN)
        .u16(wide ? WITH_ZIP64 : PLAIN)
        .u16(entry.flags())
        .u16(entry.method())
        .u32(time)
        .u32(crc)
        .u32(Math.min(packed, LIMIT))
        .u32(Math.min(size, LIMIT))
        .u16(entry.name().length)
        .u16(extra.size() == 0 ? 0 : extra.size() + 4)
        .u16(0)
        .u16(0)
        .u16(0)
        .u32(0)
        .u32(Math.min(entry.offset(), LIMIT));
    directory.writeBytes(entry.name());
    if (extra.size() > 0) {
      directory.u16(1).u16(extra.size());
      directory.writeBytes(extra.toByteArray());
    }
    entries++;
  }

  /** Writes the directory. */
  void finish() throws IOException {
    long start = written;
    long length = directory.size();
    directory.writeTo(out);
    written += length;
    Bytes end = new Bytes();
    if (entries >= MOST_ENTRIES || start >= LIMIT || length >= LIMIT) {
      end.u32(0x06064b50L).u64(44).u16(WITH_ZIP64).u16(WITH_ZIP64).u32(0).u32(0);
      end.u64(entries).u64(entries).u64(length).u64(start);
      end.u32(0x07064b50L).u32(0).u64(start + length).u32(1);
    }
    int shown = (int) Math.min(entries, MOST_ENTRIES);
    end.u32(0x06054b50L).u16(0).u16(0).u16(shown).u16(shown);
    end.u32(Math.min(length, LIMIT)).u32(Math.min(start, LIMIT)).u16(0);
    write(end);
    out.flush();
  }

  private void write(Bytes bytes) throws IOException {
    bytes.writeTo(out);
    written += bytes.size();
  }

  private void write(byte[] bytes, int length) throws IOException {
    out.write(bytes, 0, length);
    written += length;
  }

  /** Counts what an entry writes. */
  private final class Counted extends OutputStream {
    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
      written++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      written += length;
    }
  }
}
