package org.ithil.archive.blob;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import org.ithil.dicom.io.FileByteSource;
import org.jspecify.annotations.Nullable;

/** A spool of files in one folder. Only one process may use the folder. */
public final class FileSpool implements Spool {
  /** Short writes are collected; all else goes to the file as it comes, so waiting costs little. */
  private static final int BUFFER = 4 << 10;

  private final Path folder;
  private final long budget;
  private final AtomicLong names = new AtomicLong();
  private final AtomicLong used = new AtomicLong();

  /**
   * Opens the spool and removes what an earlier process left there.
   *
   * @param folder made if missing
   * @param budget most bytes that may wait at the same time; 0 for no limit
   */
  public FileSpool(Path folder, long budget) throws IOException {
    this.folder = folder;
    this.budget = budget;
    Files.createDirectories(folder);
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public Writer open() throws IOException {
    Path path = folder.resolve(Long.toHexString(names.incrementAndGet()));
    try {
      return new FileWriter(path);
    } catch (IOException e) {
      throw MediumFull.explain(e, folder);
    }
  }

  /** Bytes that wait now. */
  public long used() {
    return used.get();
  }

  private void reserve(long more) throws StorageFullException {
    long now = used.addAndGet(more);
    if (budget > 0 && now > budget) {
      used.addAndGet(-more);
      throw new StorageFullException(
          "more than " + budget + " bytes would wait in the spool", null);
    }
  }

  private final class FileWriter extends Writer {
    private final Path path;
    private final RandomAccessFile file;
    private final MessageDigest md5 = newMd5();
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private int buffered;
    private long size;
    private long reserved;
    private boolean finished;

    FileWriter(Path path) throws IOException {
      this.path = path;
      file = new RandomAccessFile(path.toFile(), "rw");
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (buffered + length > BUFFER) {
        flushBuffer();
      }
      if (length >= BUFFER) {
        put(bytes, offset, length);
      } else {
        System.arraycopy(bytes, offset, buffer, buffered, length);
        buffered += length;
      }
      size += length;
    }

    private void flushBuffer() throws IOException {
      put(buffer, 0, buffered);
      buffered = 0;
    }

    private void put(byte[] bytes, int offset, int length) throws IOException {
      md5.update(bytes, offset, length);
      crc.update(bytes, offset, length);
      reserve(length);
      reserved += length;
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedIOException("the thread that writes a file was interrupted");
      }
      try {
        file.write(bytes, offset, length);
      } catch (IOException e) {
        throw MediumFull.explain(e, folder);
      }
    }

    @Override
    public SpooledFile finish() throws IOException {
      flushBuffer();
      finished = true;
      return new File(
          path, file, size, HexFormat.of().formatHex(md5.digest()), (int) crc.getValue());
    }

    @Override
    public void close() throws IOException {
      if (!finished) {
        finished = true;
        used.addAndGet(-reserved);
        file.close();
        Files.deleteIfExists(path);
      }
    }
  }

  private static MessageDigest newMd5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  /** A finished file. */
  final class File implements SpooledFile {
    private final Path path;
    private final RandomAccessFile file;
    private final FileByteSource bytes;
    private final long size;
    private final String md5;
    private final int crc32;
    private @Nullable Path movedTo;
    private boolean closed;

    private File(Path path, RandomAccessFile file, long size, String md5, int crc32)
        throws IOException {
      this.path = path;
      this.file = file;
      this.bytes = FileByteSource.of(file);
      this.size = size;
      this.md5 = md5;
      this.crc32 = crc32;
    }

    @Override
    public Path path() {
      return path;
    }

    @Override
    public String md5() {
      return md5;
    }

    @Override
    public int crc32() {
      return crc32;
    }

    @Override
    public long size() {
      return size;
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      bytes.read(offset, into, at, length);
    }

    @Override
    public ReadableByteChannel channel(long offset, long length) throws IOException {
      return new PartChannel(bytes, offset, length);
    }

    /** Forces the bytes to the medium. */
    void force(Forcing forcing) throws IOException {
      try {
        forcing.force(file.getChannel(), movedTo == null ? path : movedTo);
      } catch (IOException e) {
        throw MediumFull.explain(e, folder);
      }
    }

    /** Gives the file another name for good. */
    void moveTo(Path target) throws IOException {
      try {
        Files.move(path, target, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw MediumFull.explain(e, folder);
      }
      movedTo = target;
    }

    @Override
    public void close() {
      if (closed) {
        return;
      }
      closed = true;
      used.addAndGet(-size);
      try {
        bytes.close();
        if (movedTo == null) {
          Files.deleteIfExists(path);
        }
      } catch (IOException e) {
        // The next start removes what is left in the spool.
      }
    }
  }
}
