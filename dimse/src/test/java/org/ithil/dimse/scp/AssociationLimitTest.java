package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandField;
import org.ithil.dimse.pdu.Pdu;
import org.junit.jupiter.api.Test;

/** Only so many associations are served at once; more wait, and more than that are rejected. */
class AssociationLimitTest {
  private static final Pdu.AssociateRq REQUEST =
      RawPeer.request("TESTER", 1, Pdu.DICOM_APPLICATION_CONTEXT);

  @Test
  void one_more_waits_and_the_next_is_rejected_for_now() throws Exception {
    try (TestServer server = server(1, 1, Duration.ofSeconds(20), 100);
        RawPeer first = RawPeer.associated(server.port());
        RawPeer second = new RawPeer(server.port());
        RawPeer third = new RawPeer(server.port())) {
      second.send(REQUEST);
      third.send(REQUEST);
      // Which of the two waits is not fixed: the other one is told.
      RawPeer waiting = second;
      Pdu told = null;
      while (told == null) {
        if (third.available()) {
          told = third.receive();
        } else if (second.available()) {
          told = second.receive();
          waiting = third;
        } else {
          Thread.sleep(5);
        }
      }
      assertThat(told).isEqualTo(new Pdu.AssociateRj(2, 3, 2));
      assertThat(server.server().activeAssociations()).isEqualTo(1);
      first.send(new Pdu.ReleaseRq());
      assertThat(first.receive()).isEqualTo(new Pdu.ReleaseRp());
      assertThat(waiting.receive()).isInstanceOf(Pdu.AssociateAc.class);
    }
  }

  @Test
  void waiting_ends_with_a_rejection() throws Exception {
    try (TestServer server = server(1, 1, Duration.ofMillis(100), 100);
        RawPeer _ = RawPeer.associated(server.port());
        RawPeer second = new RawPeer(server.port())) {
      second.send(REQUEST);
      assertThat(second.receive()).isEqualTo(new Pdu.AssociateRj(2, 3, 2));
    }
  }

  @Test
  void connections_beyond_the_limit_are_closed() throws Exception {
    try (TestServer server = server(1, 1, Duration.ofSeconds(20), 1);
        RawPeer first = RawPeer.associated(server.port());
        RawPeer second = new RawPeer(server.port())) {
      assertThat(second.closed()).isTrue();
      first.send(1, new Command.CEchoRq(1, RawPeer.VERIFICATION), false);
      assertThat(first.receiveCommand().field()).isEqualTo(CommandField.C_ECHO_RSP);
    }
  }

  @Test
  void stopping_ends_idle_associations_and_frees_the_port() throws Exception {
    TestServer server = server(4, 1, Duration.ofSeconds(20), 100);
    int port = server.port();
    try (RawPeer idle = RawPeer.associated(port)) {
      server.close();
      assertThat(idle.closed()).isTrue();
    }
    ServerSettings same =
        new ServerSettings(port, 1, 1, Duration.ofSeconds(1), 10, TestServer.SETTINGS.limits());
    try (TestServer again = new TestServer(same);
        RawPeer _ = RawPeer.associated(again.port())) {
      assertThat(again.port()).isEqualTo(port);
    }
  }

  private static TestServer server(
      int concurrent, int waiting, Duration waitingTime, int connections) throws Exception {
    return new TestServer(
        new ServerSettings(
            0, concurrent, waiting, waitingTime, connections, TestServer.SETTINGS.limits()));
  }
}
