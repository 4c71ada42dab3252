package org.ithil.conformance.synthetic;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An association with one presentation context, seen from its requester: just enough of PS3.7 and
 * PS3.8 to echo and to store, and to go wrong on purpose.
 */
public final class Requester implements AutoCloseable {
  public static final String VERIFICATION = "1.2.840.10008.1.1";
  private static final int COMMAND_LAST = 3;
  private static final int DATA = 0;
  private static final int DATA_LAST = 2;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final int maximumLength;

  /**
   * Opens a connection and an association.
   *
   * @throws IOException also when the association or its context is not accepted
   */
  public Requester(int port, String sopClass) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(60_000);
    in = new DataInputStream(socket.getInputStream());
    out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 17));
    out.write(associateRequest(sopClass));
    out.flush();
    byte[] accepted = pdu(2);
    maximumLength = maximumLength(accepted);
  }

  /** The bytes of an A-ASSOCIATE-RQ PDU with one context, PS3.8 9.3.2. */
  public static byte[] associateRequest(String sopClass) throws IOException {
    var context = new ByteArrayOutputStream();
    context.write(new byte[] {1, 0, 0, 0});
    context.write(item(0x30, uid(sopClass)));
    context.write(item(0x40, uid(SyntheticImage.TRANSFER_SYNTAX)));
    var user = new ByteArrayOutputStream();
    user.write(item(0x51, new byte[] {0, 1, 0, 0}));
    user.write(item(0x52, uid("1.2.826.0.1.3680043.8.498.77.1")));
    var body = new ByteArrayOutputStream();
    body.write(new byte[] {0, 1, 0, 0});
    body.write("ITHIL           TESTER          ".getBytes(StandardCharsets.US_ASCII));
    body.write(new byte[32]);
    body.write(item(0x10, uid("1.2.840.10008.3.1.1.1")));
    body.write(item(0x20, context.toByteArray()));
    body.write(item(0x50, user.toByteArray()));
    var pdu = new ByteArrayOutputStream();
    var data = new DataOutputStream(pdu);
    data.writeByte(1);
    data.writeByte(0);
    data.writeInt(body.size());
    body.writeTo(data);
    return pdu.toByteArray();
  }

  private static byte[] uid(String uid) {
    return uid.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] item(int type, byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var data = new DataOutputStream(bytes);
    data.writeByte(type);
    data.writeByte(0);
    data.writeShort(content.length);
    data.write(content);
    return bytes.toByteArray();
  }

  private int maximumLength(byte[] accepted) throws IOException {
    int found = 16_384;
    boolean usable = false;
    for (int p = 68; p + 4 <= accepted.length; ) {
      int type = accepted[p];
      int length = (accepted[p + 2] & 0xff) << 8 | accepted[p + 3] & 0xff;
      if (type == 0x21) {
        usable = accepted[p + 6] == 0;
      } else if (type == 0x50) {
        length = 0; // go on inside of the user information
      } else if (type == 0x51) {
        found = java.nio.ByteBuffer.wrap(accepted, p + 4, 4).getInt();
      }
      p += 4 + length;
    }
    if (!usable) {
      throw new IOException("the presentation context was not accepted");
    }
    return found == 0 ? 131_072 : Math.min(found, 131_072);
  }

  /** C-ECHO; gives the status. */
  public int echo() throws IOException {
    pdv(COMMAND_LAST, command(VERIFICATION, 0x0030, 0x0101, null));
    out.flush();
    return status();
  }

  /** C-STORE of a whole data set; gives the status. */
  public int store(SyntheticImage image) throws IOException {
    try (InputStream data = image.dataSetStream()) {
      startStore(image);
      byte[] buffer = new byte[maximumLength - 6];
      byte[] last = new byte[maximumLength - 6];
      int length = data.readNBytes(last, 0, last.length);
      for (int n; (n = data.readNBytes(buffer, 0, buffer.length)) > 0; length = n) {
        pdv(DATA, last, length);
        byte[] swap = last;
        last = buffer;
        buffer = swap;
      }
      pdv(DATA_LAST, last, length);
      out.flush();
    }
    return status();
  }

  /** Sends the command of a C-STORE only. */
  public void startStore(SyntheticImage image) throws IOException {
    pdv(COMMAND_LAST, command(SyntheticImage.SOP_CLASS, 0x0001, 0, image.sopInstance()));
    out.flush();
  }

  /** Sends a piece of a data set that is not the last one. */
  public void sendPart(byte[] part) throws IOException {
    pdv(DATA, part);
    out.flush();
  }

  /** Sends any bytes. */
  public void sendRaw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private void pdv(int control, byte[] content) throws IOException {
    pdv(control, content, content.length);
  }

  private void pdv(int control, byte[] content, int length) throws IOException {
    out.writeByte(4);
    out.writeByte(0);
    out.writeInt(length + 6);
    out.writeInt(length + 2);
    out.writeByte(1);
    out.writeByte(control);
    out.write(content, 0, length);
  }

  /** A command set in implicit little endian, PS3.7 6.3.1. */
  private static byte[] command(
      String sopClass, int field, int dataSetType, @org.jspecify.annotations.Nullable String sop) {
    var e = new ByteArrayOutputStream();
    element(e, 0x0002, even(sopClass));
    element(e, 0x0100, new byte[] {(byte) field, (byte) (field >> 8)});
    element(e, 0x0110, new byte[] {1, 0});
    if (sop != null) {
      element(e, 0x0700, new byte[] {0, 0});
    }
    element(e, 0x0800, new byte[] {(byte) dataSetType, (byte) (dataSetType >> 8)});
    if (sop != null) {
      element(e, 0x1000, even(sop));
    }
    var all = new ByteArrayOutputStream();
    element(all, 0, new byte[] {(byte) e.size(), (byte) (e.size() >> 8), 0, 0});
    all.writeBytes(e.toByteArray());
    return all.toByteArray();
  }

  private static byte[] even(String uid) {
    return uid(uid.length() % 2 == 0 ? uid : uid + '\0');
  }

  private static void element(ByteArrayOutputStream out, int element, byte[] value) {
    out.writeBytes(new byte[] {0, 0, (byte) element, (byte) (element >> 8)});
    out.writeBytes(new byte[] {(byte) value.length, (byte) (value.length >> 8), 0, 0});
    out.writeBytes(value);
  }

  /** The status of the response that comes next, in one PDU. */
  private int status() throws IOException {
    byte[] pdu = pdu(4);
    for (int p = 6; p + 8 <= pdu.length; ) {
      int element = (pdu[p + 3] & 0xff) << 8 | pdu[p + 2] & 0xff;
      int length = (pdu[p + 5] & 0xff) << 8 | pdu[p + 4] & 0xff;
      if (element == 0x0900) {
        return (pdu[p + 9] & 0xff) << 8 | pdu[p + 8] & 0xff;
      }
      p += 8 + length;
    }
    throw new IOException("a response without a status");
  }

  private byte[] pdu(int type) throws IOException {
    int got = in.readUnsignedByte();
    in.readByte();
    int length = in.readInt();
    if (got != type || length < 0 || length > 1 << 20) {
      throw new IOException("wants PDU " + type + ", got " + got + " of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return body;
  }

  /** Releases the association and waits for the answer. */
  public void release() throws IOException {
    sendRaw(new byte[] {5, 0, 0, 0, 0, 4, 0, 0, 0, 0});
    pdu(6);
  }

  /** Cuts the connection. */
  @Override
  public void close() throws IOException {
    socket.close();
  }
}
