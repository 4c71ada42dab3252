package org.ithil.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.ithil.web.error.ApiException;
import org.junit.jupiter.api.Test;

/** A body that comes drop by drop is given up; the time is that of a clock of the test. */
class BodyStreamTest {
  private static final long GRACE = Duration.ofSeconds(30).toNanos();
  private static final int SIZE = 1_000_000;

  private final AtomicLong now = new AtomicLong();

  /** Gives pieces of so many bytes, and lets so much time go by for each. */
  private InputStream pieces(int bytes, Duration each) {
    return new InputStream() {
      private int left = SIZE;

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        now.addAndGet(each.toNanos());
        int n = Math.min(left, Math.min(length, bytes));
        left -= n;
        return n == 0 ? -1 : n;
      }
    };
  }

  private long read(InputStream in, long rate) throws IOException {
    BodyStream body = new BodyStream(in, 0, rate, GRACE, now::get);
    byte[] buffer = new byte[64 << 10];
    long total = 0;
    for (int n = body.read(buffer, 0, buffer.length); n > 0; n = body.read(buffer, 0, n)) {
      total += n;
    }
    return total;
  }

  @Test
  void a_body_below_the_rate_is_given_up_after_the_grace() {
    assertThatThrownBy(() -> read(pieces(100, Duration.ofSeconds(1)), 1000))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.status()).isEqualTo(408));
    assertThat(now.get()).isBetween(GRACE, GRACE + Duration.ofSeconds(2).toNanos());
  }

  @Test
  void a_body_above_the_rate_is_read_however_long_it_takes() throws IOException {
    assertThat(read(pieces(2000, Duration.ofSeconds(1)), 1000)).isEqualTo(SIZE);
    assertThat(now.get()).isGreaterThan(10 * GRACE);
  }

  @Test
  void without_a_rate_any_body_is_read() throws IOException {
    assertThat(read(pieces(100, Duration.ofSeconds(1)), 0)).isEqualTo(SIZE);
  }
}
