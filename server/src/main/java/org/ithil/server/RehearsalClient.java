package org.ithil.server;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One kept HTTP connection to the server that rehearses. */
final class RehearsalClient implements Closeable {
  private final Socket socket;
  private final InputStream in;

  RehearsalClient(int port) throws IOException {
    socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  String get(String path) throws IOException {
    return ask("GET " + path, new byte[0]);
  }

  String post(String path, byte[] body) throws IOException {
    return ask("POST " + path, body);
  }

  /** The body of the answer, whatever its status. */
  private String ask(String what, byte[] body) throws IOException {
    OutputStream out = socket.getOutputStream();
    String length = body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n";
    String head = what + " HTTP/1.1\r\nHost: localhost\r\n" + length + "\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    int size = -1;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        size = Integer.parseInt(lower.substring(15).strip());
      }
    }
    if (size >= 0) {
      return text(size);
    }
    StringBuilder pieces = new StringBuilder();
    for (int piece = chunk(); piece > 0; piece = chunk()) {
      pieces.append(text(piece));
      line();
    }
    line();
    return pieces.toString();
  }

  private int chunk() throws IOException {
    return Integer.parseInt(line(), 16);
  }

  private String text(int size) throws IOException {
    return new String(in.readNBytes(size), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server closed the connection");
      }
      line.append((char) c);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
