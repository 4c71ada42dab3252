package org.ithil.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.ByteArrayEndPoint;
import org.junit.jupiter.api.Test;

/** Which connections are closed because they are too slow. */
class SlowClientsTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final SlowClients slowClients = new SlowClients(HttpSettings.DEFAULT);
  private final Connected connection = new Connected();

  @Test
  void lets_an_answer_take_as_long_as_it_takes() {
    slowClients.onOpened(connection);
    slowClients.begin(connection);
    connection.messages = 1; // the engine counts an answer when it begins
    for (int second = 0; second < 100; second++) {
      slowClients.sweep(second * SECOND);
    }
    assertThat(connection.getEndPoint().isOpen()).isTrue();
  }

  @Test
  void closes_a_connection_that_rests_too_long_after_an_answer() {
    slowClients.onOpened(connection);
    slowClients.begin(connection);
    connection.messages = 1;
    slowClients.sweep(0);
    slowClients.end(connection);
    slowClients.sweep(50 * SECOND);
    assertThat(connection.getEndPoint().isOpen()).as("just answered").isTrue();
    slowClients.sweep(52 * SECOND);
    assertThat(connection.getEndPoint().isOpen()).isFalse();
  }

  @Test
  void closes_a_connection_whose_head_takes_too_long() {
    slowClients.onOpened(connection);
    for (int second = 0; second < 20; second++) {
      connection.bytes++;
      slowClients.sweep(second * SECOND);
    }
    assertThat(connection.getEndPoint().isOpen()).isFalse();
  }

  /** A connection without an engine behind it. */
  private static final class Connected extends AbstractConnection {
    long messages;
    long bytes;

    Connected() {
      super(new ByteArrayEndPoint(), Runnable::run);
    }

    @Override
    public void onFillable() {}

    @Override
    public long getMessagesIn() {
      return messages;
    }

    @Override
    public long getMessagesOut() {
      return messages;
    }

    @Override
    public long getBytesIn() {
      return bytes;
    }
  }
}
