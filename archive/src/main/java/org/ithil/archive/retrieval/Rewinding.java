package org.ithil.archive.retrieval;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.data.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that cost a pass over all before them to go back to. After a few steps back they are copied
 * to the spool, so that reading them in any order costs a few passes, however many readings there
 * are; the memory stays as it is.
 */
final class Rewinding implements ByteSource {
  private static final int MOST_STEPS_BACK = 2;

  private final ByteSource sequential;
  private final Spool spool;
  private final ReentrantLock lock = new ReentrantLock();
  private long next;
  private int stepsBack;
  private @Nullable SpooledFile copy;

  Rewinding(ByteSource sequential, Spool spool) {
    this.sequential = sequential;
    this.spool = spool;
  }

  @Override
  public long size() {
    return sequential.size();
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    requireInside(offset, length);
    lock.lock();
    try {
      if (copy == null && offset < next && ++stepsBack > MOST_STEPS_BACK) {
        copy = copied();
        sequential.release();
      }
      next = offset + length;
      (copy == null ? sequential : copy).read(offset, into, at, length);
    } finally {
      lock.unlock();
    }
  }

  private SpooledFile copied() throws IOException {
    try (Spool.Writer writer = spool.open()) {
      sequential.copyTo(0, size(), writer);
      return writer.finish();
    }
  }

  @Override
  public void release() {
    lock.lock();
    try {
      sequential.release();
      if (copy != null) {
        copy.close();
        copy = null;
      }
      next = 0;
      stepsBack = 0;
    } finally {
      lock.unlock();
    }
  }
}
