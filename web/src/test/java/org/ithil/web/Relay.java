package org.ithil.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Hands bytes on to a port of this machine and back; one connection gets stuck in the middle. */
public final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final AtomicLong left = new AtomicLong(Long.MAX_VALUE);
  private final CountDownLatch holds = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  public Relay(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  public String url() {
    return "http://127.0.0.1:" + server.getLocalPort() + "/";
  }

  /** The connection that carries the last of so many bytes, all together, gets stuck. */
  public void holdAfter(long bytes) {
    left.set(bytes);
  }

  /** Waits until it has held something up. */
  public void awaitHolding() throws InterruptedException {
    if (!holds.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("so many bytes never came");
    }
  }

  /** Everything goes through again. */
  public void open() {
    opened.countDown();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.addAll(List.of(near, far));
        Thread.ofVirtual().start(() -> copy(near, far));
        Thread.ofVirtual().start(() -> copy(far, near));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] piece = new byte[16 << 10];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        if (left.addAndGet(-n) < 0) {
          left.set(Long.MAX_VALUE);
          holds.countDown();
          opened.await();
        }
        out.write(piece, 0, n);
      }
    } catch (IOException e) {
      // one of them has gone
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    open();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
