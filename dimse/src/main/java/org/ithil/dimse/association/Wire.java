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

  /** How often a wait looks whether it is time to stop. */
  private static final int LOOK_AGAIN_MILLIS = 500;

  private static final long NANOS = 1_000_000_000L;
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
  private long setDeadline;
  private boolean hasSetDeadline;
  private long minimumRate;
  private long waited;
  private long received;
  private volatile boolean stopping;
  private boolean draining;

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

  /** A command set begins: it must be here within a time. */
  void startCommand(Duration time) {
    setDeadline = System.nanoTime() + time.toNanos();
    hasSetDeadline = !time.isZero();
    minimumRate = 0;
  }

  /** A data set begins: it must come at a rate. */
  void startData(long bytesPerSecond) {
    hasSetDeadline = false;
    minimumRate = bytesPerSecond;
    waited = 0;
    received = 0;
  }

  /** The end of a set. */
  void endSet() {
    hasSetDeadline = false;
    minimumRate = 0;
  }

  /** Lets reading fail from now on, from any thread; writing goes on. */
  void stop() {
    stopping = true;
  }

  /** Whether {@link #stop} was called. */
  boolean stopping() {
    return stopping;
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

  /** Throws away what comes, to the end of the stream or the timer's end, or so many bytes. */
  void drain(long most) throws WireException {
    draining = true;
    endSet();
    for (long left = most; left > 0; left -= inputEnd) {
      fill();
    }
  }

  /**
   * Prepares for sending.
   *
   * @param fragment most bytes of a fragment
   * @param gather as many bytes may gather before they are sent
   */
  void sendLimit(int fragment, int gather) {
    int needed = Math.max(GATHER, gather) + DATA_HEADER + fragment;
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
    long start = System.nanoTime();
    try {
      while (true) {
        socket.setSoTimeout(timeout(start));
        int count;
        try {
          count = in.read(target, offset, length);
        } catch (SocketTimeoutException e) {
          continue;
        }
        if (count < 0) {
          throw new WireException(WireException.Kind.CLOSED, "connection closed by the peer");
        }
        acknowledgeAtOnce();
        keepPace(System.nanoTime() - start, count);
        return count;
      }
    } catch (WireException e) {
      throw e;
    } catch (IOException e) {
      throw new WireException(WireException.Kind.LOST, "connection lost", e);
    }
  }

  /** How long to wait before the limits are looked at again. */
  private int timeout(long start) throws WireException {
    if (stopping && !draining) {
      throw new WireException(WireException.Kind.TIMEOUT, "the server stops");
    }
    long now = System.nanoTime();
    long left = LOOK_AGAIN_MILLIS;
    if (hasDeadline) {
      left = Math.min(left, left(deadline - now, "the time is over"));
    } else if (!silence.isZero()) {
      left =
          Math.min(left, left(start + silence.toNanos() - now, "the peer was silent for too long"));
    }
    if (hasSetDeadline) {
      left = Math.min(left, left(setDeadline - now, "the command took too long"));
    }
    return (int) left;
  }

  private static long left(long nanos, String otherwise) throws WireException {
    if (nanos <= 0) {
      throw new WireException(WireException.Kind.TIMEOUT, otherwise);
    }
    return nanos / 1_000_000 + 1;
  }

  /** Gives up a peer that sends a data set drop by drop. */
  private void keepPace(long nanos, int count) throws WireException {
    if (minimumRate == 0 || silence.isZero()) {
      return;
    }
    waited += nanos;
    received += count;
    if (waited > silence.toNanos() && received < minimumRate * (waited / NANOS)) {
      throw new WireException(WireException.Kind.TIMEOUT, "the data set came too slowly");
    }
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
