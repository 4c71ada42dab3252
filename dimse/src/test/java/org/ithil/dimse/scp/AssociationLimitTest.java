package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import javax.net.ServerSocketFactory;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandField;
import org.ithil.dimse.pdu.Pdu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Only so many associations are served at once; more wait, and more than that are rejected. */
@Timeout(120)
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
    Thread stopping;
    try (RawPeer idle = RawPeer.associated(port)) {
      stopping = Thread.startVirtualThread(server::close);
      assertThat(idle.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
    stopping.join();
    ServerSettings same =
        new ServerSettings(
            port,
            1,
            1,
            Duration.ofSeconds(1),
            10,
            Duration.ofSeconds(5),
            TestServer.SETTINGS.limits());
    try (TestServer again = new TestServer(same);
        RawPeer _ = RawPeer.associated(again.port())) {
      assertThat(again.port()).isEqualTo(port);
    }
  }

  @Test
  void a_request_under_way_when_the_server_stops_may_finish() throws Exception {
    TestServer server = server(4, 1, Duration.ofSeconds(20), 100);
    Thread stopping;
    try (RawPeer busy = RawPeer.associated(server.port())) {
      busy.send(1, HostilePeerTest.store("1.2.3"), true);
      busy.send(HostilePeerTest.data(1, new byte[100], false));
      server.associations.take(); // it is being served
      stopping = Thread.startVirtualThread(server::close);
      busy.send(HostilePeerTest.data(1, new byte[100], true));
      assertThat(busy.receiveCommand().field()).isEqualTo(CommandField.C_STORE_RSP);
      assertThat(busy.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
    stopping.join();
  }

  @Test
  void a_request_that_does_not_end_when_the_server_stops_is_aborted() throws Exception {
    TestServer server =
        new TestServer(
            new ServerSettings(
                0,
                4,
                1,
                Duration.ofSeconds(20),
                100,
                Duration.ofMillis(100),
                TestServer.SETTINGS.limits()));
    Thread stopping;
    try (RawPeer busy = RawPeer.associated(server.port())) {
      busy.send(1, HostilePeerTest.store("1.2.3"), true);
      busy.send(HostilePeerTest.data(1, new byte[100], false));
      server.associations.take();
      stopping = Thread.startVirtualThread(server::close);
      assertThat(busy.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
    stopping.join();
  }

  @Test
  void a_failure_of_the_listener_does_not_end_it() throws Exception {
    ServerSocketFactory failing =
        new ServerSocketFactory() {
          @Override
          public ServerSocket createServerSocket() throws IOException {
            return new ServerSocket() {
              private int calls;

              @Override
              public Socket accept() throws IOException {
                switch (calls++) {
                  case 0 -> throw new OutOfMemoryError("a test");
                  case 1 -> throw new IllegalStateException("a test");
                  default -> {
                    return super.accept();
                  }
                }
              }
            };
          }

          @Override
          public ServerSocket createServerSocket(int port) {
            throw new UnsupportedOperationException();
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog) {
            throw new UnsupportedOperationException();
          }

          @Override
          public ServerSocket createServerSocket(int port, int backlog, InetAddress address) {
            throw new UnsupportedOperationException();
          }
        };
    try (TestServer server = new TestServer(TestServer.SETTINGS, failing);
        RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(new Pdu.ReleaseRq());
      assertThat(peer.receive()).isEqualTo(new Pdu.ReleaseRp());
    }
  }

  private static TestServer server(
      int concurrent, int waiting, Duration waitingTime, int connections) throws Exception {
    return new TestServer(
        new ServerSettings(
            0,
            concurrent,
            waiting,
            waitingTime,
            connections,
            Duration.ofSeconds(5),
            TestServer.SETTINGS.limits()));
  }
}
