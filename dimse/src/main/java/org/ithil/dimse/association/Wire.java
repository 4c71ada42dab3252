package org.ithil.dimse.association;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.ithil.dimse.pdu.Pdu;

/**
 * A socket with buffers and deadlines. Reading is for one thread, writing for one thread at a time.
 *
 * <p>Payload goes from the read buffer straight to where it is wanted, and from its source straight
 * into the write buffer, in which the headers are filled in afterwards. Small PDUs gather there, so
 * that a command and the start of its data set leave in one segment. After each read the peer's
 * bytes are acknowledged at once: many senders write header and body separately and would wait for
 * a delayed acknowledgement in between.
 */
final class Wire implements Closeable {
  /** The JDK reads and writes no more than this at once. */
  private static final int READ_BUFFER = 128 << 10;

  private static final int GATHER = 4096;
  private static final int DATA_HEADER = Pdu.HEADER_LENGTH + Pdu.PDV_HEADER_LENGTH;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final boolean quickAck;
  private final Duration silence;
  private final Thread guard;

  private final byte[] input = new byte[READ_BUFFER];
  private int inputAt;
  private int inputEnd;
  private long deadline;
  private boolean hasDeadline;

  private byte[] output = new byte[GATHER + DATA_HEADER + 16384];
  private int outputEnd;
  private volatile long writingSince;
  private volatile boolean writing;

  Wire(Socket socket, Duration silence) throws IOException {
    this.socket = socket;
    this.silence = silence;
    socket.setTcpNoDelay(true);
    quickAck = socket.supportedOptions().contains(ExtendedSocketOptions.TCP_QUICKACK);
    in = socket.getInputStream();
    out = socket.getOutputStream();
    acknowledgeAtOnce();
    guard = Thread.ofVirtual().name("dimse-guard").unstarted(this::guardWrites);
    if (!silence.isZero()) {
      guard.start();
    }
  }

  /** Sets a time by which all must be read; the limit of silence does not count until cleared. */
  void startTimer(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
    hasDeadline = !time.isZero();
  }

  void stopTimer() {
    hasDeadline = false;
  }

  int octet() throws WireException {
    require(1);
    return input[inputAt++] & 0xff;
  }

  int int4() throws WireException {
    require(4);
    int value = ByteBuffer.wrap(input).getInt(inputAt);
    inputAt += 4;
    return value;
  }

  byte[] bytes(int length) throws WireException {
    byte[] bytes = new byte[length];
    int have = 0;
    while (have < length) {
      have += read(bytes, have, length - have);
    }
    return bytes;
  }

  /** Reads at least one byte, at most {@code length}. */
  int read(byte[] target, int offset, int length) throws WireException {
    if (inputAt == inputEnd) {
      if (length >= READ_BUFFER) {
        return receive(target, offset, length);
      }
      fill();
    }
    int count = Math.min(length, inputEnd - inputAt);
    System.arraycopy(input, inputAt, target, offset, count);
    inputAt += count;
    return count;
  }

  /** Waits for bytes; returns how many are here. */
  int await() throws WireException {
    if (inputAt == inputEnd) {
      fill();
    }
    return inputEnd - inputAt;
  }

  /** Passes on bytes that are here, without a copy; failures are the target's. */
  void pass(OutputStream target, int count) throws IOException {
    target.write(input, inputAt, count);
    inputAt += count;
  }

  /** Whether bytes have come that were not read yet. */
  boolean available() throws WireException {
    try {
      return inputAt < inputEnd || in.available() > 0;
    } catch (IOException e) {
      throw new WireException(WireException.Kind.LOST, "connection lost", e);
    }
  }

  /** Throws away what comes, to the end of the stream or the timer's end. */
  void drain() throws WireException {
    while (true) {
      inputAt = inputEnd;
      fill();
    }
  }

  void sendLimit(int fragment) {
    int needed = GATHER + DATA_HEADER + fragment;
    if (output.length < needed) {
      output = java.util.Arrays.copyOf(output, needed);
    }
  }

  /** Sends what was gathered, and this PDU. */
  void send(byte[] pdu) throws WireException {
    flush();
    write(pdu, pdu.length);
  }

  /** A P-DATA-TF with one PDV, whose fragments may be written bit by bit. */
  final class Fragments extends OutputStream {
    private final int contextId;
    private final int kind;
    private final int size;
    private int length;
    private long total;

    /**
     * @param size most bytes of a fragment
     */
    Fragments(int contextId, boolean command, int size) {
      this.contextId = contextId;
      this.kind = command ? 1 : 0;
      this.size = size;
    }

    @Override
    public void write(int b) throws WireException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] source, int offset, int count) throws WireException {
      int at = offset;
      int left = count;
      while (left > 0) {
        if (length == size) {
          finishFragment(false);
        }
        int part = Math.min(left, size - length);
        System.arraycopy(source, at, output, outputEnd + DATA_HEADER + length, part);
        length += part;
        at += part;
        left -= part;
      }
      total += count;
    }

    /** Ends the set with its last fragment, which may be empty. */
    void finish() throws WireException {
      if (total % 2 != 0) {
        write(new byte[1], 0, 1);
      }
      finishFragment(true);
    }

    private void finishFragment(boolean last) throws WireException {
      ByteBuffer head = ByteBuffer.wrap(output, outputEnd, DATA_HEADER);
      head.put((byte) 4).put((byte) 0).putInt(length + Pdu.PDV_HEADER_LENGTH);
      head.putInt(length + 2).put((byte) contextId).put((byte) (kind | (last ? 2 : 0)));
      outputEnd += DATA_HEADER + length;
      length = 0;
      if (output.length - outputEnd < DATA_HEADER + size) {
        Wire.this.flush();
      }
    }
  }

  void flush() throws WireException {
    if (outputEnd > 0) {
      int length = outputEnd;
      outputEnd = 0;
      write(output, length);
    }
  }

  @Override
  public void close() {
    guard.interrupt();
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  boolean closed() {
    return socket.isClosed();
  }

  private void write(byte[] bytes, int length) throws WireException {
    writingSince = System.nanoTime();
    writing = true;
    try {
      out.write(bytes, 0, length);
    } catch (IOException e) {
      throw new WireException(WireException.Kind.LOST, "connection lost", e);
    } finally {
      writing = false;
    }
  }

  private void require(int count) throws WireException {
    while (inputEnd - inputAt < count) {
      if (inputAt > 0) {
        System.arraycopy(input, inputAt, input, 0, inputEnd - inputAt);
        inputEnd -= inputAt;
        inputAt = 0;
      }
      inputEnd += receive(input, inputEnd, input.length - inputEnd);
    }
  }

  private void fill() throws WireException {
    inputAt = 0;
    inputEnd = 0;
    inputEnd = receive(input, 0, input.length);
  }

  private int receive(byte[] target, int offset, int length) throws WireException {
    try {
      socket.setSoTimeout(timeout());
      int count = in.read(target, offset, length);
      if (count < 0) {
        throw new WireException(WireException.Kind.CLOSED, "connection closed by the peer");
      }
      acknowledgeAtOnce();
      return count;
    } catch (SocketTimeoutException e) {
      throw new WireException(WireException.Kind.TIMEOUT, "the peer was silent for too long", e);
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new WireException(WireException.Kind.LOST, "connection lost", e);
    }
  }

  private int timeout() throws SocketTimeoutException {
    long millis = silence.toMillis();
    if (hasDeadline) {
      millis = (deadline - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SocketTimeoutException("the time is over");
      }
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  private void acknowledgeAtOnce() throws IOException {
    if (quickAck) {
      socket.setOption(ExtendedSocketOptions.TCP_QUICKACK, true);
    }
  }

  /** Closes the connection when a write is stuck: sockets know no time limit for writing. */
  private void guardWrites() {
    try {
      while (!socket.isClosed()) {
        Thread.sleep(silence.dividedBy(4).plusMillis(1));
        if (writing && System.nanoTime() - writingSince > silence.toNanos()) {
          socket.close();
        }
      }
    } catch (InterruptedException | IOException e) {
      // Closed: nothing to guard any more.
    }
  }
}
