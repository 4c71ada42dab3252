package org.ithil.conformance.blackbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Passes connections on to a port of this machine. What clients send is held back once it is more
 * than a limit, until {@link #passAll}: a test decides what has arrived when it strikes.
 */
final class HoldingRelay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final AtomicLong left;
  private final CountDownLatch holds = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);

  /**
   * @param limit bytes of all clients together that are passed on at first
   */
  HoldingRelay(int target, long limit) throws IOException {
    this.target = target;
    this.left = new AtomicLong(limit);
    this.server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Waits until something is held back. */
  void awaitHold() throws InterruptedException {
    holds.await();
  }

  /** Holds nothing back from now on. */
  void passAll() {
    free.countDown();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        Thread.ofVirtual().start(() -> relay(client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void relay(Socket client) {
    try (client;
        Socket receiver = new Socket(InetAddress.getLoopbackAddress(), target)) {
      Thread back = Thread.ofVirtual().start(() -> pump(receiver, client, false));
      pump(client, receiver, true);
      receiver.shutdownOutput();
      back.join();
    } catch (IOException e) {
      // One of them has gone; so goes the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to, boolean counted) {
    byte[] piece = new byte[16 << 10];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (counted && left.addAndGet(-n) < 0) {
          holds.countDown();
          free.await();
        }
        out.write(piece, 0, n);
      }
    } catch (IOException e) {
      // The other direction ends as well.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    free.countDown();
    server.close();
  }
}
