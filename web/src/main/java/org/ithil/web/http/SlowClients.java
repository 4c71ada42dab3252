package org.ithil.web.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections whose request head takes too long, byte by byte, and those that rest too long
 * between two requests. The engine itself only knows the time between two bytes.
 *
 * <p>Once a second each connection is looked at: a message that came to its end, or one that is
 * being answered, resets its clock; otherwise bytes that arrived belong to a head. The engine counts
 * an answer when it begins, so it is told here when it ends.
 */
final class SlowClients implements Connection.Listener, AutoCloseable {
  private final long headNanos;
  private final long restNanos;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-sweep").factory());

  private static final class Watch {
    long messages = -1;
    long bytes;
    long since;
    boolean inHead;

    /** Answers under way, and whether there was one since the last look. */
    final AtomicInteger answering = new AtomicInteger();

    final AtomicBoolean answered = new AtomicBoolean();
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

  /** An answer begins: as long as it is sent, however long that takes, nothing is too slow. */
  void begin(Connection connection) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      watch.answering.incrementAndGet();
    }
  }

  /** An answer was sent, or given up. */
  void end(Connection connection) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      watch.answered.set(true);
      watch.answering.decrementAndGet();
    }
  }

  /** Looks at all connections. */
  void sweep(long now) {
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
    boolean answering = watch.answering.get() > 0 || watch.answered.getAndSet(false);
    if (answering || messagesIn != messagesOut || messagesIn != watch.messages) {
      // A request is being answered, or was since the last look (or the connection is new).
      boolean fresh = watch.messages < 0 && messagesIn == 0;
      watch.messages = messagesIn == messagesOut ? messagesIn : -2;
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
      Watch watch = watches.get(connection);
      boolean answering = watch != null && watch.answering.get() > 0;
      if (!answering && connection.getMessagesIn() == connection.getMessagesOut()) {
        connection.getEndPoint().close();
      }
    }
  }
}
