package org.ithil.dimse.scp;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandCodec;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.PduCodec;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation;

/** A client that can say anything. */
final class RawPeer implements AutoCloseable {
  static final String VERIFICATION = "1.2.840.10008.1.1";

  private final Socket socket;
  private final DataInputStream in;

  RawPeer(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(socket.getInputStream());
  }

  /** Asks for an association with a context 1 for verification and implicit little endian. */
  static RawPeer associated(int port) throws IOException {
    RawPeer peer = new RawPeer(port);
    peer.send(request("TESTER", 1, Pdu.DICOM_APPLICATION_CONTEXT));
    Pdu answer = peer.receive();
    if (!(answer instanceof Pdu.AssociateAc)) {
      throw new IOException("not accepted: " + answer);
    }
    return peer;
  }

  static Pdu.AssociateRq request(String calling, int version, String applicationContext) {
    return new Pdu.AssociateRq(
        version,
        "SERVER",
        calling,
        applicationContext,
        List.of(new ProposedContext(1, VERIFICATION, List.of("1.2.840.10008.1.2"))),
        UserInformation.of(16384, "1.2.3", "RAW"));
  }

  void send(Pdu pdu) throws IOException {
    send(PduCodec.encode(pdu));
  }

  void send(String hex) throws IOException {
    send(HexFormat.of().parseHex(hex));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** A command in one PDV. */
  void send(int context, Command command, boolean hasDataSet) throws IOException {
    send(
        new Pdu.DataTf(
            List.of(
                new Pdu.Pdv(
                    context,
                    true,
                    true,
                    ByteBuffer.wrap(CommandCodec.encode(command, hasDataSet))))));
  }

  Pdu receive() throws IOException {
    int type = in.readUnsignedByte();
    in.readByte();
    byte[] body = new byte[in.readInt()];
    in.readFully(body);
    return PduCodec.decode(type, ByteBuffer.wrap(body));
  }

  Command receiveCommand() throws IOException {
    Pdu.DataTf data = (Pdu.DataTf) receive();
    return CommandCodec.decode(data.values().getFirst().fragment()).command();
  }

  boolean available() throws IOException {
    return in.available() > 0;
  }

  /** Whether the other end closes without saying any more. */
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
