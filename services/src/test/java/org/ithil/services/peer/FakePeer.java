package org.ithil.services.peer;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ServerSocketFactory;

/** A server on a real port that behaves as badly as a test wants. */
public final class FakePeer implements AutoCloseable {
  /** A request with its body. */
  public record Received(String method, String path, Map<String, String> headers, byte[] body) {}

  /** What is done with a request whose head was read. */
  @FunctionalInterface
  public interface Behaviour {
    void act(Exchange exchange) throws IOException;
  }

  /** A request while it is answered. */
  public final class Exchange {
    private final Socket socket;
    private final InputStream in;
    private final String method;
    private final String path;
    private final Map<String, String> headers;

    private Exchange(
        Socket socket, InputStream in, String method, String path, Map<String, String> headers) {
      this.socket = socket;
      this.in = in;
      this.method = method;
      this.path = path;
      this.headers = headers;
    }

    public String method() {
      return method;
    }

    public String path() {
      return path;
    }

    private byte[] body() throws IOException {
      byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
      received.add(new Received(method, path, headers, body));
      return body;
    }

    /** Reads the body, then answers. */
    public void answer(int status, String text) throws IOException {
      answer(status, text.getBytes(StandardCharsets.UTF_8), text.length());
    }

    /** As above, with a length that may not be that of the body. */
    public void answer(int status, byte[] answer, int length) throws IOException {
      body();
      OutputStream out = socket.getOutputStream();
      String head = "HTTP/1.1 " + status + " X\r\nContent-Length: " + length + "\r\n";
      out.write((head + extra + "\r\n").getBytes(StandardCharsets.US_ASCII));
      out.write(answer);
      out.flush();
    }

    /** Answers with these bytes again and again until nobody listens any more. */
    public void pour(String start, String again) throws IOException {
      body();
      OutputStream out = socket.getOutputStream();
      out.write("HTTP/1.1 200 X\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      byte[] piece = again.repeat((64 << 10) / again.length()).getBytes(StandardCharsets.US_ASCII);
      try {
        while (true) {
          out.write(piece);
          poured.addAndGet(piece.length);
        }
      } finally {
        socket.close();
      }
    }

    /** Reads so many bytes of the body, and says no more. */
    public void fallSilentAfter(int bytes) throws IOException {
      in.readNBytes(bytes);
      received.add(new Received(method, path, headers, new byte[0]));
      silent.countDown();
      try {
        closed.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Reads so many bytes of the body, and cuts the connection. */
    public void cutAfter(int bytes) throws IOException {
      in.readNBytes(bytes);
      received.add(new Received(method, path, headers, new byte[0]));
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private final ServerSocket server;
  private final String scheme;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final CountDownLatch silent = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicLong poured = new AtomicLong();
  private volatile Behaviour behaviour;
  private volatile String extra = "";

  public FakePeer(Behaviour behaviour) throws IOException {
    this("http", ServerSocketFactory.getDefault(), behaviour);
  }

  FakePeer(String scheme, ServerSocketFactory factory, Behaviour behaviour) throws IOException {
    this.scheme = scheme;
    this.behaviour = behaviour;
    server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
  }

  /** From now on. */
  public void behave(Behaviour other) {
    behaviour = other;
  }

  /** Further fields of all answers, each with its line end. */
  public void sayToo(String fields) {
    extra = fields;
  }

  public String url() {
    return scheme + "://localhost:" + server.getLocalPort() + "/";
  }

  public Peer peer() {
    return Peer.at(url());
  }

  public List<Received> received() {
    return received;
  }

  /** How many bytes {@link Exchange#pour} got rid of, buffers on the way included. */
  public long poured() {
    return poured.get();
  }

  /** Waits until it has fallen silent. */
  public void awaitSilence() throws InterruptedException {
    if (!silent.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("nobody came");
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        sockets.add(socket);
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (!socket.isClosed()) {
        String first = line(in);
        if (first.isEmpty()) {
          return;
        }
        String[] words = first.split(" ");
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
          String[] parts = line.split(": *", 2);
          headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        behaviour.act(new Exchange(socket, in, words[0], words[1], headers));
      }
    } catch (IOException e) {
      // the other side has gone
    }
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
