package org.ithil.web.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Request;

/**
 * Closes connections whose request head takes too long, byte by byte, and those that rest too long
 * between two requests. The engine itself only knows the time between two bytes.
 *
 * <p>Once a second each connection is looked at: a message that came to its end, or one that is
 * being answered, resets its clock; otherwise bytes that arrived belong to a head.
 */
final class SlowClients implements Connection.Listener, AutoCloseable {
  private final long headNanos;
  private final long restNanos;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-sweep").factory());

  private static final class Watch {
    volatile boolean answering;
    long messages = -1;
    long bytes;
    long since;
    boolean inHead;
  }

  SlowClients(HttpSettings settings) {
    headNanos = settings.headTimeout().toNanos();
    restNanos = settings.keepAliveTimeout().toNanos();
  }

  void start() {
    sweeper.scheduleWithFixedDelay(() -> sweep(System.nanoTime()), 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    watches.put(connection, new Watch());
  }

  @Override
  public void onClosed(Connection connection) {
    watches.remove(connection);
  }

  /**
   * Leaves the connection of a request alone until it is answered wholly: the engine counts an
   * answer as sent when its head is.
   */
  void answering(Request request) {
    Watch watch = watches.get(request.getConnectionMetaData().getConnection());
    if (watch != null) {
      watch.answering = true;
      Request.addCompletionListener(request, _ -> watch.answering = false);
    }
  }

  private void sweep(long now) {
    for (Map.Entry<Connection, Watch> entry : watches.entrySet()) {
      if (isTooSlow(entry.getKey(), entry.getValue(), now)) {
        entry.getKey().getEndPoint().close();
      }
    }
  }

  private boolean isTooSlow(Connection connection, Watch watch, long now) {
    long messagesIn = connection.getMessagesIn();
    long messagesOut = connection.getMessagesOut();
    long bytes = connection.getBytesIn();
    boolean answering = watch.answering || messagesIn != messagesOut;
    if (answering || messagesIn != watch.messages) {
      // A request is being answered, or was since the last look (or the connection is new).
      boolean fresh = watch.messages < 0 && messagesIn == 0;
      watch.messages = answering ? -2 : messagesIn;
      watch.since = now;
      watch.inHead = fresh && bytes > 0;
      watch.bytes = fresh ? 0 : bytes;
      return false;
    }
    if (bytes > watch.bytes && !watch.inHead) {
      watch.inHead = true;
      watch.since = now;
    }
    long limit = watch.inHead ? headNanos : messagesIn > 0 ? restNanos : Long.MAX_VALUE;
    return now - watch.since > limit;
  }

  /** Ends the sweep, and the connections that rest: a stopping server does not wait for them. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    for (Connection connection : watches.keySet()) {
      if (connection.getMessagesIn() == connection.getMessagesOut()) {
        connection.getEndPoint().close();
      }
    }
  }
}
