package org.ithil.dimse.scp;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Listens for associations and serves them, each on a virtual thread of its own.
 *
 * <p>A connection has the time of ARTIM to send its association request. Those that the policy does
 * not admit are rejected at once; the others wait for one of the places in which associations are
 * served, in the order of their coming.
 */
public final class DimseServer implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(DimseServer.class);

  /** Under this name the log finds what a line belongs to. */
  private static final String LOG_CONTEXT = "context";

  private static final int BACKLOG = 256;

  /** For an abort to be sent, and its receipt to be awaited; also for the listener to end. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final ServerSettings settings;
  private final AssociationPolicy policy;
  private final List<DimseService> services;
  private final ServerSocket listener;
  private final Semaphore places;
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong numbers = new AtomicLong();
  private final Set<AssociationSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread acceptor;
  private volatile boolean closed;

  private DimseServer(
      ServerSettings settings,
      AssociationPolicy policy,
      List<DimseService> services,
      ServerSocket listener) {
    this.settings = settings;
    this.policy = policy;
    this.services = List.copyOf(services);
    this.listener = listener;
    this.places = new Semaphore(settings.concurrentAssociations(), true);
    this.acceptor = Thread.ofVirtual().name("dimse-listener").unstarted(this::listen);
  }

  /**
   * Starts to listen.
   *
   * @param sockets where listening sockets come from: plain ones, or TLS
   * @throws IOException if the port is not free
   */
  public static DimseServer start(
      ServerSettings settings,
      AssociationPolicy policy,
      List<DimseService> services,
      ServerSocketFactory sockets)
      throws IOException {
    ServerSocket listener = sockets.createServerSocket();
    try {
      listener.setReuseAddress(true);
      listener.bind(new InetSocketAddress(settings.port()), BACKLOG);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
    DimseServer server = new DimseServer(settings, policy, services, listener);
    server.acceptor.start();
    return server;
  }

  /** The TCP port listened on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Number of associations being served now. */
  public int activeAssociations() {
    return settings.concurrentAssociations() - places.availablePermits();
  }

  /**
   * Stops: no new associations; those idle are aborted, requests being served get the time that is
   * set for it to finish, then they are aborted as well.
   */
  @Override
  public void close() {
    closed = true;
    try {
      listener.close();
    } catch (IOException e) {
      LOG.debug("closing the listener", e);
    }
    sessions.forEach(AssociationSession::endWhenIdle);
    long end = System.nanoTime() + settings.stopTime().toNanos();
    try {
      // The system lets go of the port only when nobody waits on it any more.
      acceptor.join(FAREWELL);
      awaitSessions(end);
      sessions.forEach(AssociationSession::endSoon);
      awaitSessions(System.nanoTime() + FAREWELL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sessions.forEach(AssociationSession::endNow);
  }

  private void awaitSessions(long end) throws InterruptedException {
    while (!sessions.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(10);
    }
  }

  private void listen() {
    while (!closed) {
      try {
        take(listener.accept());
      } catch (IOException e) {
        if (!closed) {
          LOG.warn("cannot take a connection: {}", e.getMessage());
          pause();
        }
      } catch (RuntimeException | Error e) {
        // Whatever it is (no memory for a thread): the next connection may fare better.
        LOG.error("cannot take a connection", e);
        pause();
      }
    }
  }

  private void take(Socket socket) throws IOException {
    if (connections.incrementAndGet() > settings.connections()) {
      connections.decrementAndGet();
      LOG.warn("too many connections: closed one of {}", socket.getInetAddress());
      socket.close();
      return;
    }
    long number = numbers.incrementAndGet();
    boolean started = false;
    try {
      serve(socket, number);
      started = true;
    } finally {
      if (!started) {
        connections.decrementAndGet();
        socket.close();
      }
    }
  }

  private void serve(Socket socket, long number) {
    Thread.ofVirtual()
        .name("association-" + number)
        .start(() -> {
          String peer = socket.getInetAddress().getHostAddress();
          try (MDC.MDCCloseable _ = MDC.putCloseable(LOG_CONTEXT, peer)) {
            run(socket, number);
          } finally {
            connections.decrementAndGet();
          }
        });
  }

  private void run(Socket socket, long number) {
    AssociationSession session =
        new AssociationSession(
            socket, number, settings, policy, services, this::enter, this::leave);
    sessions.add(session);
    try {
      if (closed) {
        session.endNow();
      }
      session.run();
    } finally {
      sessions.remove(session);
    }
  }

  /** Waits for a place; false if there is none to be had. */
  private boolean enter() throws InterruptedException {
    if (places.tryAcquire(0, TimeUnit.SECONDS)) {
      return true;
    }
    if (waiting.incrementAndGet() > settings.waitingAssociations()) {
      waiting.decrementAndGet();
      return false;
    }
    try {
      return places.tryAcquire(settings.waitingTime().toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      waiting.decrementAndGet();
    }
  }

  private void leave() {
    places.release();
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_AFTER_FAILURE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
