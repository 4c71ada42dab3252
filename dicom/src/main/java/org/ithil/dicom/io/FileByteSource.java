package org.ithil.dicom.io;

import java.io.Closeable;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.ithil.dicom.data.ByteSource;

/**
 * The bytes of a file, read at positions: safe for concurrent use, without a position of its own.
 * Its size is that at the time of opening.
 *
 * <p>A thread that was interrupted reads no more, but the file stays open for the others: a channel
 * would be closed for all of them, in the middle of their reads.
 */
public final class FileByteSource implements ByteSource, Closeable {
  private final RandomAccessFile file;
  private final long size;

  private FileByteSource(RandomAccessFile file, long size) {
    this.file = file;
    this.size = size;
  }

  /**
   * Opens a file for reading.
   *
   * @throws NoSuchFileException if there is none
   */
  public static FileByteSource open(Path path) throws IOException {
    RandomAccessFile file;
    try {
      file = new RandomAccessFile(path.toFile(), "r");
    } catch (FileNotFoundException e) { // that is what every failure is called here
      FileSystemException failure =
          Files.exists(path)
              ? new FileSystemException(path.toString(), null, e.getMessage())
              : new NoSuchFileException(path.toString());
      failure.initCause(e);
      throw failure;
    }
    try {
      return of(file);
    } catch (IOException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Reads a file that the caller opened, and from now on does not read or position itself; closing
   * this closes it.
   */
  public static FileByteSource of(RandomAccessFile file) throws IOException {
    return new FileByteSource(file, file.length());
  }

  @Override
  public long size() {
    return size;
  }

  /**
   * As everywhere.
   *
   * @throws InterruptedIOException if the thread is interrupted, as it still is then
   */
  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    requireInside(offset, length);
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("the thread that reads a file was interrupted");
    }
    synchronized (file) {
      file.seek(offset);
      for (int done = 0; done < length; ) {
        int n = file.read(into, at + done, length - done);
        if (n < 0) {
          throw new EOFException("the file became shorter: " + (offset + done) + " of " + size);
        }
        done += n;
      }
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (file) { // nobody reads what was opened under the same number meanwhile
      file.close();
    }
  }
}
