package org.ithil.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept HTTP connection that sends a request, reads the answer to its end and throws the body
 * away. It shares the processor with the server it measures: no parsing beyond the framing.
 */
public final class HttpConnection implements AutoCloseable {
  private final SocketChannel channel;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean keeping;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16).flip();

  public HttpConnection(int port) throws IOException {
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** GETs a path; gives the status of the answer. */
  public int get(String path) throws IOException {
    send(ByteBuffer.wrap(ascii("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")));
    return answer();
  }

  /** POSTs a body of two pieces; gives the status of the answer. */
  public int post(String path, byte[] first, ByteBuffer second) throws IOException {
    byte[] head =
        ascii(
            "POST "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                + (first.length + second.remaining())
                + "\r\n\r\n");
    send(ByteBuffer.wrap(head), ByteBuffer.wrap(first), second.duplicate());
    return answer();
  }

  /** Sends a short request and gives the body of the answer as text. */
  public String exchange(String method, String path, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    byte[] head =
        ascii(
            method
                + " "
                + path
                + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                + bytes.length
                + "\r\n\r\n");
    kept.reset();
    keeping = true;
    try {
      send(ByteBuffer.wrap(head), ByteBuffer.wrap(bytes));
      int status = answer();
      if (status != 200) {
        throw new IOException(
            path + " is answered by " + status + " " + kept.toString(StandardCharsets.UTF_8));
      }
      return kept.toString(StandardCharsets.UTF_8);
    } finally {
      keeping = false;
    }
  }

  private void send(ByteBuffer... pieces) throws IOException {
    while (java.util.Arrays.stream(pieces).anyMatch(ByteBuffer::hasRemaining)) {
      channel.write(pieces);
    }
  }

  private int answer() throws IOException {
    String status = line();
    long length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Long.parseLong(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:") && lower.endsWith("chunked")) {
        chunked = true;
      }
    }
    if (chunked) {
      while ((length = Long.parseLong(line().strip(), 16)) > 0) {
        skip(length + 2);
      }
      line();
    } else {
      skip(length);
    }
    return Integer.parseInt(status.substring(9, 12));
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = read(); c != '\n'; c = read()) {
      line.append((char) c);
    }
    line.setLength(line.length() - 1);
    return line.toString();
  }

  private int read() throws IOException {
    if (!buffer.hasRemaining()) {
      fill();
    }
    return buffer.get() & 0xff;
  }

  private void skip(long length) throws IOException {
    for (long left = length; left > 0; ) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      int n = (int) Math.min(left, buffer.remaining());
      if (keeping) {
        byte[] part = new byte[n];
        buffer.get(buffer.position(), part);
        kept.writeBytes(part);
      }
      buffer.position(buffer.position() + n);
      left -= n;
    }
  }

  private void fill() throws IOException {
    buffer.clear();
    int n = channel.read(buffer);
    buffer.flip();
    if (n < 0) {
      throw new EOFException("the server closed the connection");
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
