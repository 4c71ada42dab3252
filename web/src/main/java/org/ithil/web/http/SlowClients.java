package org.ithil.web.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.io.Connection;

/**
 * Closes connections whose request head takes too long, byte by byte, and those that rest too long
 * between two requests. The engine itself only knows the time between two bytes.
 *
 * <p>Once a second each connection is looked at: a request that is being answered, or one that came
 * to its end since the last look, resets its clock; otherwise bytes that arrived belong to a head.
 */
final class SlowClients implements Connection.Listener, AutoCloseable {
  /**
   * Connections are told to rest for a shorter time than they may, so that a client that heeds it
   * never sends a request into a connection that is being closed.
   */
  private static final long GRACE_NANOS = 4_000_000_000L;

  private final long headNanos;
  private final long restNanos;
  private final Map<Connection, Watch> watches = new ConcurrentHashMap<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-sweep").factory());

  private static final class Watch {
    final AtomicLong begun = new AtomicLong();
    final AtomicLong answered = new AtomicLong();

    /** Only the sweep uses the rest. */
    long seen;

    long bytes;
    long since = System.nanoTime();
    boolean inHead;
  }

  SlowClients(HttpSettings settings) {
    headNanos = settings.patience().head().toNanos();
    restNanos = settings.patience().rest().toNanos() + GRACE_NANOS;
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

  /** A request has arrived on a connection. */
  void begin(Connection connection) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      watch.begun.incrementAndGet();
    }
  }

  /** The request of a connection is answered. */
  void end(Connection connection) {
    Watch watch = watches.get(connection);
    if (watch != null) {
      watch.answered.incrementAndGet();
    }
  }

  void sweep(long now) {
    for (Map.Entry<Connection, Watch> entry : watches.entrySet()) {
      if (isTooSlow(entry.getKey(), entry.getValue(), now)) {
        entry.getKey().getEndPoint().close();
      }
    }
  }

  private boolean isTooSlow(Connection connection, Watch watch, long now) {
    long bytes = connection.getBytesIn();
    long answered = watch.answered.get();
    if (watch.begun.get() != answered || answered != watch.seen) {
      watch.seen = answered;
      watch.since = now;
      watch.bytes = bytes;
      watch.inHead = false;
      return false;
    }
    if (bytes > watch.bytes && !watch.inHead) {
      watch.inHead = true;
      watch.since = now;
    }
    long limit = watch.inHead ? headNanos : answered > 0 ? restNanos : Long.MAX_VALUE;
    return now - watch.since > limit;
  }

  /** Ends the sweep, and the connections that rest: a stopping server does not wait for them. */
  @Override
  public void close() {
    sweeper.shutdownNow();
    for (Map.Entry<Connection, Watch> entry : watches.entrySet()) {
      Watch watch = entry.getValue();
      if (watch.begun.get() == watch.answered.get()) {
        entry.getKey().getEndPoint().close();
      }
    }
  }
}
