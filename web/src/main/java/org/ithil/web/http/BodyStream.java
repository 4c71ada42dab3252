package org.ithil.web.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.LongSupplier;
import org.ithil.web.error.ApiException;

/**
 * The body of a request, with a limit on its size and a clock: a client that sends it drop by drop
 * is given up. Only the time spent waiting for the client counts.
 */
final class BodyStream extends InputStream {
  private static final long NANOS = 1_000_000_000L;
  private static final int MOST_AT_ONCE = 256 << 10;

  private final InputStream in;
  private final long maximum;
  private final long minimumRate;
  private final long graceNanos;
  private final LongSupplier nanoTime;
  private final byte[] single = new byte[1];
  private long received;
  private long waited;
  private boolean ended;
  private boolean broken;
  private boolean slow;

  /**
   * @param maximum most bytes; 0 for no limit
   * @param minimumRate bytes a second
   * @param graceNanos waiting time before the rate counts
   * @param nanoTime a clock, as that of the system
   */
  BodyStream(
      InputStream in, long maximum, long minimumRate, long graceNanos, LongSupplier nanoTime) {
    this.in = in;
    this.maximum = maximum;
    this.minimumRate = minimumRate;
    this.graceNanos = graceNanos;
    this.nanoTime = nanoTime;
  }

  @Override
  public int read() throws IOException {
    return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (ended || length == 0) {
      return length == 0 ? 0 : -1;
    }
    long start = nanoTime.getAsLong();
    int n;
    try {
      n = in.read(buffer, offset, length);
    } catch (IOException e) {
      ended = true;
      broken = true;
      throw e;
    }
    waited += nanoTime.getAsLong() - start;
    if (n < 0) {
      ended = true;
      return -1;
    }
    received += n;
    if (maximum > 0 && received > maximum) {
      throw ApiException.bare(413);
    }
    if (waited > graceNanos && received < minimumRate * (waited / NANOS)) {
      ended = true;
      slow = true;
      throw ApiException.bare(408);
    }
    return n;
  }

  /**
   * Waits with one byte in hand and takes the rest of what has arrived then: a client that stalls
   * costs no buffer.
   */
  @Override
  public long transferTo(OutputStream out) throws IOException {
    long total = 0;
    for (int n = read(single, 0, 1); n > 0; n = read(single, 0, 1)) {
      byte[] arrived = new byte[1 + Math.min(in.available(), MOST_AT_ONCE)];
      arrived[0] = single[0];
      if (arrived.length > 1) {
        n += Math.max(0, read(arrived, 1, arrived.length - 1));
      }
      out.write(arrived, 0, n);
      total += n;
    }
    return total;
  }

  @Override
  public int available() throws IOException {
    return ended ? 0 : in.available();
  }

  /** Whether nothing was read. */
  boolean untouched() {
    return received == 0 && waited == 0;
  }

  /** Whether the connection failed while the body was read. */
  boolean broken() {
    return broken;
  }

  /**
   * Reads what the route left, so that the client, which may still be sending, gets to read the
   * answer.
   *
   * @return whether the end was reached within that many bytes
   */
  boolean drain(long most) {
    if (ended) {
      return !broken && !slow;
    }
    byte[] sink = new byte[16 << 10];
    try {
      for (long left = most; !ended && left > 0; ) {
        long start = nanoTime.getAsLong();
        int n = in.read(sink, 0, sink.length);
        waited += nanoTime.getAsLong() - start;
        ended = n < 0;
        left -= n;
        if (waited > graceNanos) {
          return false;
        }
      }
    } catch (IOException e) {
      ended = true;
      broken = true;
    }
    return ended && !broken && !slow;
  }
}
