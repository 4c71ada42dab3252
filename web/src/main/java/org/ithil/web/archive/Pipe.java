package org.ithil.web.archive;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * Carries an archive from the job that makes it to the answer that sends it. It holds so much and
 * no more: a slow client slows the job down.
 */
final class Pipe {
  private final byte[] ring;
  private int first;
  private int filled;
  private boolean complete;
  private boolean abandoned;
  private @Nullable Throwable failure;

  /**
   * @param capacity most bytes between the two
   */
  Pipe(int capacity) {
    ring = new byte[capacity];
  }

  /**
   * Where the job writes; waits while the pipe is full. Writing fails (NETWORK_PROTOCOL) when
   * nobody reads any more.
   *
   * @param place of the job, left while it waits
   */
  OutputStream sink(JobRun.Place place) {
    return new OutputStream() {
      @Override
      public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
          if (isFull()) {
            place.leave();
            try {
              awaitRoom();
            } finally {
              place.back();
            }
          }
          done += put(bytes, offset + done, length - done);
        }
      }
    };
  }

  private synchronized boolean isFull() {
    return filled == ring.length && !abandoned;
  }

  private synchronized void awaitRoom() throws InterruptedIOException {
    while (isFull()) {
      await();
    }
  }

  /** Only when there is room. */
  private synchronized int put(byte[] bytes, int offset, int length) throws IOException {
    if (abandoned) {
      throw ApiException.of(
          ErrorCode.NETWORK_PROTOCOL, "The client has gone away, or does not read its archive");
    }
    int at = (first + filled) % ring.length;
    int n = Math.min(length, Math.min(ring.length - filled, ring.length - at));
    System.arraycopy(bytes, offset, ring, at, n);
    filled += n;
    notifyAll();
    return n;
  }

  /** Everything is written. */
  synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** The rest will never come; ignored if all is there, or if it is known. */
  synchronized void fail(Throwable why) {
    if (!complete && failure == null) {
      failure = why;
      notifyAll();
    }
  }

  /** The answer is over: nothing is read any more. */
  synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  /**
   * Reads everything, and sends it on as soon as it is there.
   *
   * @throws IOException what the job failed with, at any place
   */
  void transferTo(OutputStream out) throws IOException {
    byte[] piece = new byte[64 << 10];
    for (int n = take(piece); n >= 0; n = take(piece)) {
      out.write(piece, 0, n);
      if (isDry()) {
        out.flush();
      }
    }
  }

  private synchronized boolean isDry() {
    return filled == 0 && !complete;
  }

  private synchronized int take(byte[] piece) throws IOException {
    while (filled == 0 && !complete && failure == null) {
      await();
    }
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      default -> throw new IOException("the archive could not be made", failure);
    }
    if (filled == 0) {
      return -1;
    }
    int n = Math.min(piece.length, Math.min(filled, ring.length - first));
    System.arraycopy(ring, first, piece, 0, n);
    first = (first + n) % ring.length;
    filled -= n;
    notifyAll();
    return n;
  }

  private void await() throws InterruptedIOException {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for the other end was interrupted");
    }
  }
}
