package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Priority;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.Pdu;
import org.junit.jupiter.api.Test;

/** How a set is cut into fragments, PS3.8 E.2, read by the codec. */
class FragmentsTest {
  private static final int LENGTH = 50_000;

  @Test
  void all_fragments_of_a_set_but_its_last_say_that_more_follows() throws IOException {
    byte[] sent = new byte[LENGTH];
    new Random(1).nextBytes(sent);
    try (TestServer server = new TestServer(TestServer.SETTINGS, new Answering(sent));
        RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(1, new Command.CFindRq(1, RawPeer.VERIFICATION, Priority.MEDIUM), true);
      peer.send(HostilePeerTest.data(1, new byte[2], true));
      ByteArrayOutputStream received = new ByteArrayOutputStream();
      boolean commandEnded = false;
      boolean ended = false;
      while (!ended) {
        Pdu.DataTf data = (Pdu.DataTf) peer.receive();
        for (Pdu.Pdv fragment : data.values()) {
          assertThat(fragment.contextId()).isEqualTo(1);
          if (fragment.command()) {
            assertThat(commandEnded).isFalse();
            commandEnded = fragment.last();
          } else {
            assertThat(commandEnded).isTrue();
            byte[] bytes = new byte[fragment.fragment().remaining()];
            fragment.fragment().get(bytes);
            received.write(bytes);
            ended = fragment.last();
            assertThat(ended).isEqualTo(received.size() == LENGTH);
          }
        }
      }
      assertThat(received.toByteArray()).isEqualTo(sent);
    }
  }

  private record Answering(byte[] bytes) implements DimseService {
    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CFindRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      exchange.dataSet().readAllBytes();
      exchange.respond(
          new Command.CFindRsp(
              exchange.request().messageId(), exchange.request().sopClass(), Status.SUCCESS, ""),
          out -> out.write(bytes));
    }
  }
}
