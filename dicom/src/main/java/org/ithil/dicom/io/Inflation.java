package org.ithil.dicom.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The inflated bytes of a deflated data set, PS3.5 A.5. A small one is held in memory; a larger one
 * is inflated again when it is read, from where the last reading ended if it goes on there, so that
 * it needs neither memory nor a file.
 */
final class Inflation implements ByteSource {
  private static final int MOST_IN_MEMORY = 8 << 20;
  private static final int PIECE = 64 << 10;

  private final ByteSource deflated;
  private final long from;
  private final long size;
  private final ReentrantLock lock = new ReentrantLock();

  /** The last reading, to be gone on with; null before the first one and after a release. */
  private @Nullable Run run;

  private Inflation(ByteSource deflated, long from, long size) {
    this.deflated = deflated;
    this.from = from;
    this.size = size;
  }

  /**
   * Inflates everything from an offset on. A stream that breaks off gives what there is of it;
   * bytes behind its end do not count.
   *
   * @throws DicomFormatException if it is no deflated stream, or inflates to more than {@code
   *     limit} bytes
   */
  static ByteSource of(ByteSource source, long from, long limit) throws IOException {
    ByteArrayOutputStream memory = new ByteArrayOutputStream();
    byte[] piece = new byte[PIECE];
    long size = 0;
    try (Run run = new Run(source, from)) {
      for (int n = run.read(piece, 0, PIECE); n > 0; n = run.read(piece, 0, PIECE)) {
        size += n;
        if (size > limit) {
          throw new DicomFormatException(
              Problem.TOO_LARGE, "Inflates to more than " + limit + " bytes", from, 0);
        }
        if (size <= MOST_IN_MEMORY) {
          memory.write(piece, 0, n);
        } else {
          memory = new ByteArrayOutputStream(0);
        }
      }
    }
    return size <= MOST_IN_MEMORY
        ? ByteSource.of(memory.toByteArray())
        : new Inflation(source, from, size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    requireInside(offset, length);
    lock.lock();
    try {
      if (run != null && offset < run.position) {
        release();
      }
      if (run == null) {
        run = new Run(deflated, from);
      }
      run.skipTo(offset);
      if (run.read(into, at, length) < length) {
        throw new DicomFormatException(
            Problem.TRUNCATED, "The deflated bytes have changed", from, 0);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isSequential() {
    return true;
  }

  @Override
  public void release() {
    lock.lock();
    try {
      if (run != null) {
        run.close();
        run = null;
      }
    } finally {
      lock.unlock();
    }
  }

  /** For tests: whether there is memory outside of the heap that is not released. */
  boolean isHeld() {
    lock.lock();
    try {
      return run != null;
    } finally {
      lock.unlock();
    }
  }

  /** One pass over the stream. */
  private static final class Run implements AutoCloseable {
    private final ByteSource source;
    private final long from;
    private final Inflater inflater = new Inflater(true);
    private final byte[] input = new byte[8 << 10];
    private long next;
    long position;

    Run(ByteSource source, long from) {
      this.source = source;
      this.from = from;
      this.next = from;
    }

    /** Fills the array as far as the stream goes; returns how many bytes there were. */
    int read(byte[] into, int at, int length) throws IOException {
      int done = 0;
      try {
        while (done < length && !inflater.finished() && !inflater.needsDictionary()) {
          int n = inflater.inflate(into, at + done, length - done);
          done += n;
          if (n == 0 && inflater.needsInput()) {
            int more = (int) Math.min(input.length, source.size() - next);
            if (more <= 0) {
              break;
            }
            source.read(next, input, 0, more);
            inflater.setInput(input, 0, more);
            next += more;
          }
        }
      } catch (DataFormatException e) {
        throw new DicomFormatException(
            Problem.MALFORMED, "The deflated data set is damaged: " + e.getMessage(), from, 0);
      }
      position += done;
      return done;
    }

    void skipTo(long offset) throws IOException {
      byte[] piece = new byte[PIECE];
      while (position < offset) {
        if (read(piece, 0, (int) Math.min(PIECE, offset - position)) == 0) {
          return;
        }
      }
    }

    @Override
    public void close() {
      inflater.end();
    }
  }
}
