package org.ithil.dimse.association;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandCodec;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.PduCodec;
import org.ithil.dimse.pdu.UserInformation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ends may ask for the release at the same time, PS3.8 7.2.3. */
class ReleaseCollisionTest {
  private static final PresentationContext CONTEXT =
      new PresentationContext(1, "1.2.3", TransferSyntax.IMPLICIT_LE, true, false);
  private static final Pdu.AssociateRq REQUEST =
      new Pdu.AssociateRq(
          1, "B", "A", Pdu.DICOM_APPLICATION_CONTEXT, List.of(), UserInformation.of(0, "1", "V"));
  private static final Pdu.AssociateAc ACCEPTANCE =
      new Pdu.AssociateAc(
          1, "B", "A", Pdu.DICOM_APPLICATION_CONTEXT, List.of(), UserInformation.of(0, "1", "V"));

  private Socket near;
  private Socket far;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      far = new Socket(listener.getInetAddress(), listener.getLocalPort());
      near = listener.accept();
    }
    far.setSoTimeout(20_000);
  }

  @AfterEach
  void disconnect() throws IOException {
    near.close();
    far.close();
  }

  @Test
  void the_requestor_answers_first_and_then_awaits_its_answer() throws Exception {
    UpperLayer requestor = requestor();
    far.getOutputStream().write(PduCodec.encode(new Pdu.ReleaseRq()));
    far.getOutputStream().write(PduCodec.encode(new Pdu.ReleaseRp()));
    requestor.release();
    assertThat(requestor.ended()).isTrue();
    assertThat(said()).isEqualTo(new Pdu.ReleaseRq());
    assertThat(said()).isEqualTo(new Pdu.ReleaseRp());
  }

  @Test
  void the_acceptor_awaits_its_answer_and_then_answers() throws Exception {
    UpperLayer acceptor = acceptor();
    far.getOutputStream().write(PduCodec.encode(new Pdu.ReleaseRq()));
    far.getOutputStream().write(PduCodec.encode(new Pdu.ReleaseRp()));
    acceptor.release();
    assertThat(acceptor.ended()).isTrue();
    assertThat(said()).isEqualTo(new Pdu.ReleaseRq());
    assertThat(said()).isEqualTo(new Pdu.ReleaseRp());
  }

  @Test
  void data_that_still_comes_is_skipped() throws Exception {
    UpperLayer requestor = requestor();
    byte[] set = CommandCodec.encode(new Command.CEchoRsp(1, "1.2.3", Status.SUCCESS), false);
    far.getOutputStream()
        .write(
            PduCodec.encode(
                new Pdu.DataTf(List.of(new Pdu.Pdv(1, true, true, ByteBuffer.wrap(set))))));
    far.getOutputStream().write(PduCodec.encode(new Pdu.ReleaseRp()));
    requestor.release();
    assertThat(requestor.ended()).isTrue();
  }

  @Test
  void an_abort_ends_the_release() throws Exception {
    UpperLayer requestor = requestor();
    far.getOutputStream().write(PduCodec.encode(new Pdu.Abort(2, 0)));
    assertThatThrownBy(requestor::release)
        .isInstanceOfSatisfying(
            DimseException.class,
            e -> {
              assertThat(e.problem()).isEqualTo(Problem.ABORTED);
              assertThat(e.pdu()).contains(new Pdu.Abort(2, 0));
            });
    assertThat(requestor.ended()).isTrue();
  }

  private UpperLayer requestor() throws IOException {
    UpperLayer layer = UpperLayer.requestor(near, WireLimits.DEFAULT);
    far.getOutputStream().write(PduCodec.encode(ACCEPTANCE));
    layer.request(REQUEST);
    layer.establish(agreed());
    assertThat(said()).isInstanceOf(Pdu.AssociateRq.class);
    return layer;
  }

  private UpperLayer acceptor() throws IOException {
    UpperLayer layer = UpperLayer.acceptor(near, WireLimits.DEFAULT);
    far.getOutputStream().write(PduCodec.encode(REQUEST));
    layer.awaitRequest();
    layer.accept(ACCEPTANCE, agreed());
    assertThat(said()).isInstanceOf(Pdu.AssociateAc.class);
    return layer;
  }

  private static Association agreed() {
    return new Association(
        "A", "B", InetAddress.getLoopbackAddress(), List.of(CONTEXT), REQUEST.user());
  }

  private Pdu said() throws IOException {
    byte[] head = far.getInputStream().readNBytes(6);
    byte[] body = far.getInputStream().readNBytes(ByteBuffer.wrap(head).getInt(2));
    return PduCodec.decode(head[0], ByteBuffer.wrap(body));
  }
}
