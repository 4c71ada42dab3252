package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandField;
import org.ithil.dimse.message.Priority;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.PduCodec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that break the rules: they are told, and the server goes on. */
class HostilePeerTest {
  private static final Command.CEchoRq ECHO = new Command.CEchoRq(7, RawPeer.VERIFICATION);

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.SETTINGS);
  }

  @AfterEach
  void stillServes() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(1, ECHO, false);
      assertThat(peer.receiveCommand())
          .isEqualTo(new Command.CEchoRsp(7, RawPeer.VERIFICATION, Status.SUCCESS));
    }
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"474554202f20485454502f312e310d0a0d0a", "08000000000400000000", "00"})
  void who_speaks_no_dicom_gets_no_answer(String hex) throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.send(hex);
      assertThat(peer.closed()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "05000000000400000000",
        "06000000000400000000",
        "04000000000400000000",
        "02000000000400000000",
        "03000000000400000000",
        "0100ffffffff",
        "010000200000",
        "01000000000400000000"
      })
  void a_first_pdu_that_is_no_sound_request_is_aborted(String hex) throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.send(hex);
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "unknown PDU, 09000000000400000000, 0, 0",
    "too long a PDU, 0400ffffffff, 0, 0",
    "too long a release, 050000010000, 0, 0",
    "acceptance out of the blue, 02000000000400000000, 2, 2",
    "rejection out of the blue, 03000000000400010101, 2, 2",
    "release answer out of the blue, 06000000000400000000, 2, 2",
    "context not accepted, 0400000000100000000c090300000000040000000000, 0, 0",
    "PDV longer than the PDU, 0400000000080000000801030000, 0, 0",
    "PDV of odd length, 0400000000070000000301030000, 0, 0",
    "PDV without header, 04000000000400000000, 0, 0",
    "PDV of negative length, 0400000000060000000001, 0, 0",
    "data before a command, 0400000000080000000401020000, 0, 0",
    "command cut short, 0400000000080000000401030000, 0, 0",
  })
  void an_association_that_breaks_the_rules_is_aborted(
      String what, String hex, int source, int reason) throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(hex + (what.equals("PDV of negative length") ? "03" : ""));
      Pdu answer = peer.receive();
      assertThat(answer).as(what).isEqualTo(new Pdu.Abort(source, reason));
    }
  }

  @Test
  void a_second_request_is_unexpected() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(RawPeer.request("TESTER", 1, Pdu.DICOM_APPLICATION_CONTEXT));
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.UNEXPECTED_PDU);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TESTER, 1, 1.2.3, 1, 1, 2",
    "TESTER, 2, 1.2.840.10008.3.1.1.1, 1, 2, 2",
    "STRANGER, 1, 1.2.840.10008.3.1.1.1, 1, 1, 3",
    "'  ', 1, 1.2.840.10008.3.1.1.1, 1, 1, 3",
  })
  void requests_that_cannot_be_accepted_are_rejected(
      String calling, int version, String application, int result, int source, int reason)
      throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.send(RawPeer.request(calling, version, application));
      assertThat(peer.receive()).isEqualTo(new Pdu.AssociateRj(result, source, reason));
    }
  }

  @Test
  void unserved_requests_stray_responses_and_cancels_are_ignored() throws IOException {
    List<Command> ignored =
        List.of(
            new Command.NGetRq(1, RawPeer.VERIFICATION, "1.2", List.of()),
            new Command.NSetRq(1, RawPeer.VERIFICATION, "1.2"),
            new Command.NCreateRq(1, RawPeer.VERIFICATION, Optional.empty()),
            new Command.NDeleteRq(1, RawPeer.VERIFICATION, "1.2"),
            new Command.CEchoRsp(1, RawPeer.VERIFICATION, Status.SUCCESS),
            new Command.CCancelRq(1));
    try (RawPeer peer = RawPeer.associated(server.port())) {
      for (Command command : ignored) {
        peer.send(1, command, false);
      }
      peer.send(1, ECHO, false);
      assertThat(peer.receiveCommand())
          .isEqualTo(new Command.CEchoRsp(7, RawPeer.VERIFICATION, Status.SUCCESS));
    }
  }

  @Test
  void requests_of_services_to_come_are_answered_as_not_supported() throws IOException {
    String sopClass = "1.2.840.10008.5.1.4.1.2.2.1";
    List<Command> requests =
        List.of(
            new Command.CFindRq(1, sopClass, Priority.MEDIUM),
            new Command.CGetRq(2, sopClass, Priority.MEDIUM),
            new Command.CMoveRq(3, sopClass, Priority.MEDIUM, "THERE"),
            new Command.NActionRq(4, sopClass, "1.2", 1),
            new Command.NEventReportRq(5, sopClass, "1.2", 1));
    try (RawPeer peer = RawPeer.associated(server.port())) {
      int id = 1;
      for (Command request : requests) {
        peer.send(1, request, true);
        peer.send(data(1, new byte[10], true));
        Command.Response response = (Command.Response) peer.receiveCommand();
        assertThat(response.status()).isEqualTo(Status.SOP_CLASS_NOT_SUPPORTED);
        assertThat(response.respondsTo()).isEqualTo(id++);
        assertThat(response.field().code()).isEqualTo(request.field().code() | 0x8000);
      }
    }
  }

  @Test
  void an_unknown_command_is_aborted() throws IOException {
    byte[] set = HexFormat.of().parseHex("00000001020000007777" + "00000008020000000101");
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(new Pdu.DataTf(List.of(new Pdu.Pdv(1, true, true, ByteBuffer.wrap(set)))));
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @Test
  void a_request_not_permitted_is_aborted() throws IOException {
    try (RawPeer peer = new RawPeer(server.port())) {
      peer.send(RawPeer.request("FORBIDDEN", 1, Pdu.DICOM_APPLICATION_CONTEXT));
      assertThat(peer.receive()).isInstanceOf(Pdu.AssociateAc.class);
      peer.send(1, ECHO, false);
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @Test
  void a_command_inside_a_data_set_is_aborted() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(1, store("1.2.3"), true);
      peer.send(data(1, new byte[100], false));
      peer.send(1, ECHO, false);
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @Test
  void a_release_inside_a_message_is_aborted() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(1, store("1.2.3"), true);
      peer.send(new Pdu.ReleaseRq());
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @Test
  void an_endless_command_set_is_aborted() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      Pdu part = new Pdu.DataTf(List.of(new Pdu.Pdv(1, true, false, ByteBuffer.allocate(16000))));
      for (int i = 0; i < 5; i++) {
        peer.send(part);
      }
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @Test
  void an_endless_command_set_of_empty_fragments_is_aborted() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      byte[] part =
          PduCodec.encode(
              new Pdu.DataTf(List.of(new Pdu.Pdv(1, true, false, ByteBuffer.allocate(0)))));
      byte[] many = new byte[part.length * 12_000];
      for (int i = 0; i < many.length; i += part.length) {
        System.arraycopy(part, 0, many, i, part.length);
      }
      peer.send(many);
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  /** The server waits for ever for a silent peer: only what is said may end the association. */
  @Test
  void an_endless_data_set_of_empty_fragments_is_aborted() throws IOException {
    try (TestServer patient = patient();
        RawPeer peer = RawPeer.associated(patient.port())) {
      peer.send(1, store("1.2.3"), true);
      byte[] part = PduCodec.encode(data(1, new byte[0], false));
      byte[] many = new byte[part.length * 12_000];
      for (int i = 0; i < many.length; i += part.length) {
        System.arraycopy(part, 0, many, i, part.length);
      }
      peer.send(many);
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  @Test
  void data_without_any_fragment_are_aborted() throws IOException {
    try (TestServer patient = patient();
        RawPeer peer = RawPeer.associated(patient.port())) {
      peer.send("040000000000");
      assertThat(peer.receive()).isEqualTo(Pdu.Abort.BY_USER);
    }
  }

  private static TestServer patient() throws IOException {
    return new TestServer(
        TestServer.SETTINGS.withLimits(TestServer.SETTINGS.limits().withSilence(Duration.ZERO)));
  }

  @Test
  void empty_fragments_between_others_do_no_harm() throws Exception {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(1, store("1.2.3"), true);
      for (int i = 0; i < 2000; i++) {
        peer.send(data(1, new byte[i % 2 * 2], false));
      }
      peer.send(data(1, new byte[0], true));
      assertThat(peer.receiveCommand().field()).isEqualTo(CommandField.C_STORE_RSP);
      assertThat(server.stored.take()).hasSize(2000);
    }
  }

  @Test
  void who_goes_on_sending_after_an_abort_is_cut() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send("09000000000400000000");
      byte[] more = new byte[1 << 20];
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 1000; i++) {
                  peer.send(more);
                }
              })
          .isInstanceOf(java.net.SocketException.class);
    }
  }

  @Test
  void a_command_set_that_comes_drop_by_drop_is_aborted() throws Exception {
    WireLimits hasty = TestServer.SETTINGS.limits().withCommandTime(Duration.ofMillis(300));
    Pdu drop = new Pdu.DataTf(List.of(new Pdu.Pdv(1, true, false, ByteBuffer.allocate(0))));
    assertThat(dripping(hasty, drop)).isEqualTo(Pdu.Abort.BY_USER);
  }

  @Test
  void a_data_set_that_comes_drop_by_drop_is_aborted() throws Exception {
    WireLimits hasty =
        TestServer.SETTINGS.limits().withSilence(Duration.ofSeconds(1)).withMinimumRate(10_000);
    assertThat(dripping(hasty, data(1, new byte[2], false))).isEqualTo(Pdu.Abort.BY_USER);
  }

  /** What a peer is told that sends the same again and again, more often than silence is borne. */
  private static Pdu dripping(WireLimits limits, Pdu drop) throws Exception {
    ServerSettings settings = TestServer.SETTINGS.withLimits(limits);
    try (TestServer other = new TestServer(settings);
        RawPeer peer = RawPeer.associated(other.port())) {
      if (!((Pdu.DataTf) drop).values().getFirst().command()) {
        peer.send(1, store("1.2.3"), true);
      }
      Thread drip =
          Thread.startVirtualThread(() -> {
            try {
              while (true) {
                peer.send(drop);
                Thread.sleep(50);
              }
            } catch (IOException | InterruptedException e) {
              // The end.
            }
          });
      Pdu told = peer.receive();
      drip.interrupt();
      drip.join();
      return told;
    }
  }

  @Test
  void a_data_set_may_be_refused_before_it_is_read() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(1, store("6.6.6"), true);
      Command.CStoreRsp response = (Command.CStoreRsp) peer.receiveCommand();
      assertThat(response.status()).isEqualTo(Status.OUT_OF_RESOURCES);
      peer.send(data(1, new byte[1000], false));
      peer.send(data(1, new byte[0], true));
      peer.send(1, ECHO, false);
      assertThat(peer.receiveCommand().field()).isEqualTo(CommandField.C_ECHO_RSP);
    }
  }

  @Test
  void an_acceptor_answers_a_release() throws IOException {
    try (RawPeer peer = RawPeer.associated(server.port())) {
      peer.send(new Pdu.ReleaseRq());
      assertThat(peer.receive()).isEqualTo(new Pdu.ReleaseRp());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void garbage_at_any_point_leaves_the_server_serving(long seed) throws IOException {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] request = PduCodec.encode(RawPeer.request("TESTER", 1, Pdu.DICOM_APPLICATION_CONTEXT));
    for (int round = 0; round < 100; round++) {
      try (RawPeer peer = new RawPeer(server.port())) {
        byte[] bytes = request.clone();
        if (round % 2 == 0) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
          bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length) + 1);
        }
        peer.send(bytes);
        byte[] garbage = new byte[random.nextInt(500)];
        random.nextBytes(garbage);
        peer.send(garbage);
      } catch (java.net.SocketException e) {
        // The server was faster to close.
      }
    }
  }

  @Test
  void silence_before_the_request_ends_the_connection() throws IOException {
    ServerSettings hasty =
        TestServer.SETTINGS.withLimits(
            TestServer.SETTINGS.limits().withArtim(Duration.ofMillis(200)));
    try (TestServer other = new TestServer(hasty);
        RawPeer silent = new RawPeer(other.port());
        RawPeer slow = new RawPeer(other.port())) {
      slow.send("0100");
      assertThat(silent.closed()).isTrue();
      assertThat(slow.closed()).isTrue();
    }
  }

  @Test
  void silence_inside_an_association_aborts_it() throws IOException {
    ServerSettings hasty =
        TestServer.SETTINGS.withLimits(
            TestServer.SETTINGS.limits().withSilence(Duration.ofMillis(200)));
    try (TestServer other = new TestServer(hasty);
        RawPeer idle = RawPeer.associated(other.port())) {
      assertThat(idle.receive()).isEqualTo(Pdu.Abort.BY_USER);
      try (RawPeer halting = RawPeer.associated(other.port())) {
        halting.send(1, store("1.2.3"), true);
        halting.send(data(1, new byte[100], false));
        assertThat(halting.receive()).isEqualTo(Pdu.Abort.BY_USER);
      }
    }
  }

  static Command.CStoreRq store(String instance) {
    return new Command.CStoreRq(
        3, "1.2.840.10008.5.1.4.1.1.7", instance, Priority.MEDIUM, Optional.empty());
  }

  static Pdu data(int context, byte[] bytes, boolean last) {
    return new Pdu.DataTf(List.of(new Pdu.Pdv(context, false, last, ByteBuffer.wrap(bytes))));
  }
}
