package org.ithil.services.peer;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The body of an answer, which has to come to its end in time. */
final class PeerBody extends InputStream {
  private final String url;
  private final InputStream in;
  private @Nullable ScheduledFuture<?> deadline;
  private volatile boolean late;

  PeerBody(String url, InputStream in) {
    this.url = url;
    this.in = in;
  }

  /** Cuts it when that many nanoseconds have passed. */
  void endsAt(ScheduledExecutorService timer, long nanos) {
    deadline =
        timer.schedule(
            () -> {
              late = true;
              in.close(); // wakes up whoever reads
              return true;
            },
            Math.max(1, nanos),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 255;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int n = in.read(buffer, offset, length);
      if (n < 0 && late) {
        throw new PeerException.TimedOut(url, null);
      }
      return n;
    } catch (PeerException e) {
      throw e;
    } catch (IOException e) {
      throw late ? new PeerException.TimedOut(url, e) : new PeerException.Broken(url, e);
    }
  }

  @Override
  public int available() throws IOException {
    return in.available();
  }

  @Override
  public void close() throws IOException {
    if (deadline != null) {
      deadline.cancel(false);
    }
    in.close();
  }
}
