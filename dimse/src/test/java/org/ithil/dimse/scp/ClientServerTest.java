package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javax.net.SocketFactory;
import org.ithil.dimse.association.Incoming;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Priority;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Our client against our server, over real sockets. */
class ClientServerTest {
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String CT = "1.2.840.10008.5.1.4.1.1.2";
  private static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  private static final String REFUSED = "1.2.3.99";

  private static final List<ProposedContext> CONTEXTS =
      List.of(
          new ProposedContext(1, ClientAssociation.VERIFICATION, List.of(IMPLICIT)),
          new ProposedContext(3, CT, List.of(EXPLICIT)),
          new ProposedContext(5, CT, List.of(IMPLICIT)),
          new ProposedContext(7, REFUSED, List.of(IMPLICIT)),
          new ProposedContext(9, FIND, List.of(IMPLICIT)));

  @Test
  void echoes_stores_and_releases() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS);
        ClientAssociation client = open(server)) {
      assertThat(client.association().contexts())
          .extracting(PresentationContext::id)
          .containsExactly(1, 3, 5, 9);
      assertThat(client.echo()).isEqualTo(Status.SUCCESS);
      byte[] explicit = random(100_001);
      byte[] implicit = random(2);
      assertThat(client.store(CT, "1.2.3", EXPLICIT, out -> out.write(explicit)))
          .isEqualTo(Status.SUCCESS);
      assertThat(client.store(CT, "6.6.6", IMPLICIT, out -> out.write(explicit)))
          .isEqualTo(Status.OUT_OF_RESOURCES);
      assertThat(client.store(CT, "1.2.4", IMPLICIT, out -> out.write(implicit)))
          .isEqualTo(Status.SUCCESS);
      assertThat(client.store(CT, "1.2.5", IMPLICIT, out -> {})).isEqualTo(Status.SUCCESS);
      client.release();
      byte[] padded = java.util.Arrays.copyOf(explicit, explicit.length + 1);
      assertThat(server.stored.take()).isEqualTo(padded);
      assertThat(server.stored.take()).isEqualTo(implicit);
      assertThat(server.stored.take()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"4096, 4096", "131072, 131072", "16384, 131072"})
  void any_pdu_length_carries_any_data_set(int clientMaximum, int serverMaximum) throws Exception {
    ServerSettings settings =
        TestServer.SETTINGS.withLimits(
            TestServer.SETTINGS.limits().withMaxPduLength(serverMaximum));
    AssociationRequest request =
        AssociationRequest.of("localhost", 0, "CLIENT", "SERVER", CONTEXTS);
    try (TestServer server = new TestServer(settings);
        ClientAssociation client =
            ClientAssociation.open(
                to(server, request.limits().withMaxPduLength(clientMaximum)),
                SocketFactory.getDefault())) {
      for (int length :
          new int[] {serverMaximum - 6, serverMaximum - 4, serverMaximum, 1_000_000}) {
        byte[] bytes = random(length);
        client.store(
            CT,
            "1.2.3",
            EXPLICIT,
            out -> {
              out.write(bytes, 0, 1);
              out.write(bytes[1]);
              out.write(bytes, 2, length - 2);
            });
        assertThat(server.stored.take()).isEqualTo(bytes);
      }
      client.release();
    }
  }

  @Test
  void pending_answers_with_data_sets_arrive_until_the_request_is_cancelled() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    DimseService find =
        service(
            Command.CFindRq.class,
            exchange -> {
              byte[] query = exchange.dataSet().readAllBytes();
              int id = exchange.request().messageId();
              while (!exchange.cancelled()) {
                exchange.respond(
                    new Command.CFindRsp(id, FIND, Status.PENDING, ""), out -> out.write(query));
                if (cancelled.getCount() == 0) {
                  Thread.onSpinWait();
                }
              }
              exchange.respond(new Command.CFindRsp(id, FIND, Status.CANCEL, ""));
            });
    try (TestServer server = new TestServer(TestServer.SETTINGS, find);
        ClientAssociation client = open(server)) {
      PresentationContext context = client.association().context(FIND, IMPLICIT).orElseThrow();
      int id = client.nextMessageId();
      byte[] query = random(30);
      client.send(context, new Command.CFindRq(id, FIND, Priority.MEDIUM), out -> out.write(query));
      for (int i = 0; i < 3; i++) {
        Incoming answer = client.receive();
        assertThat(((Command.Response) answer.command()).status()).isEqualTo(Status.PENDING);
        assertThat(answer.dataSet().readAllBytes()).isEqualTo(query);
      }
      client.send(context, new Command.CCancelRq(id), null);
      cancelled.countDown();
      Status last = Status.PENDING;
      while (last.category() == Status.Category.PENDING) {
        last = ((Command.Response) client.receive().command()).status();
      }
      assertThat(last).isEqualTo(Status.CANCEL);
      assertThat(client.echo()).isEqualTo(Status.SUCCESS);
      client.release();
    }
  }

  @Test
  void a_service_may_store_to_the_requestor() throws Exception {
    DimseService get =
        service(
            Command.CGetRq.class,
            exchange -> {
              PresentationContext context =
                  exchange.association().context(CT, EXPLICIT).orElseThrow();
              Command.Response answer =
                  exchange.perform(
                      context,
                      new Command.CStoreRq(77, CT, "1.2.3", Priority.LOW, Optional.empty()),
                      out -> out.write(random(50_000)));
              exchange.respond(
                  new Command.CGetRsp(
                      exchange.request().messageId(),
                      exchange.request().sopClass(),
                      answer.status(),
                      new Command.Suboperations(
                          OptionalInt.empty(),
                          OptionalInt.of(1),
                          OptionalInt.of(0),
                          OptionalInt.of(0)),
                      ""));
            });
    AssociationRequest request =
        AssociationRequest.of("localhost", 0, "CLIENT", "SERVER", CONTEXTS);
    try (TestServer server = new TestServer(TestServer.SETTINGS, get);
        ClientAssociation client =
            ClientAssociation.open(
                to(server, request.limits()).withRoles(List.of(new RoleSelection(CT, false, true))),
                SocketFactory.getDefault())) {
      PresentationContext context = client.association().context(CT, EXPLICIT).orElseThrow();
      assertThat(context.requestorIsScp()).isTrue();
      assertThat(context.requestorIsScu()).isFalse();
      client.send(
          client.association().context(FIND, IMPLICIT).orElseThrow(),
          new Command.CGetRq(5, FIND, Priority.MEDIUM),
          out -> out.write(new byte[2]));
      Incoming store = client.receive();
      assertThat(store.dataSet().readAllBytes()).isEqualTo(random(50_000));
      Command.CStoreRq rq = (Command.CStoreRq) store.command();
      client.send(
          store.context(),
          new Command.CStoreRsp(rq.messageId(), CT, rq.sopInstance(), new Status(0xb000), ""),
          null);
      assertThat(((Command.CGetRsp) client.receive().command()).status().code()).isEqualTo(0xb000);
      client.release();
    }
  }

  @Test
  void a_failing_service_aborts_only_its_association() throws Exception {
    DimseService broken =
        service(
            Command.NActionRq.class,
            exchange -> {
              throw new IOException("broken");
            });
    try (TestServer server = new TestServer(TestServer.SETTINGS, broken);
        ClientAssociation client = open(server);
        ClientAssociation other = open(server)) {
      PresentationContext context = client.association().contexts().getFirst();
      assertThatThrownBy(
              () -> client.perform(context, new Command.NActionRq(1, "1.2", "1.3", 1), null))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.problem()).isEqualTo(Problem.ABORTED));
      assertThat(other.echo()).isEqualTo(Status.SUCCESS);
    }
  }

  @Test
  void a_source_that_fails_aborts_the_association() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS);
        ClientAssociation client = open(server)) {
      assertThatThrownBy(() ->
              client.store(
                  CT,
                  "1.2",
                  EXPLICIT,
                  out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("the file is gone");
                  }))
          .hasMessage("the file is gone");
      assertThatThrownBy(client::echo).isInstanceOf(IllegalStateException.class);
      assertThat(server.stored).isEmpty();
    }
  }

  @Test
  void failures_to_associate_say_why() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS)) {
      AssociationRequest stranger =
          AssociationRequest.of("localhost", server.port(), "STRANGER", "SERVER", CONTEXTS);
      assertProblem(stranger, Problem.REJECTED);
      int port = server.port();
      server.close();
      assertProblem(
          AssociationRequest.of("localhost", port, "CLIENT", "SERVER", CONTEXTS),
          Problem.NOT_CONNECTED);
    }
  }

  @Test
  void no_context_no_store() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS);
        ClientAssociation client = open(server)) {
      assertThatThrownBy(() -> client.store(REFUSED, "1.2", IMPLICIT, OutputStream::flush))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.problem()).isEqualTo(Problem.NO_CONTEXT));
      assertThat(client.echo()).isEqualTo(Status.SUCCESS);
    }
  }

  @Test
  void message_numbers_start_again() {
    List<Integer> last = new ArrayList<>();
    try (TestServer server = new TestServer(TestServer.SETTINGS);
        ClientAssociation client = open(server)) {
      for (int i = 0; i < 65536; i++) {
        last.add(client.nextMessageId());
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    assertThat(last.get(65534)).isEqualTo(65535);
    assertThat(last.get(65535)).isEqualTo(1);
  }

  private interface Serving {
    void serve(Exchange exchange) throws IOException;
  }

  private static DimseService service(Class<? extends Command.Request> kind, Serving serving) {
    return new DimseService() {
      @Override
      public boolean serves(Command.Request request) {
        return kind.isInstance(request);
      }

      @Override
      public void serve(Exchange exchange) throws IOException {
        serving.serve(exchange);
      }
    };
  }

  private static AssociationRequest to(
      TestServer server, org.ithil.dimse.association.WireLimits limits) {
    return AssociationRequest.of("localhost", server.port(), "CLIENT", "SERVER", CONTEXTS)
        .withLimits(limits);
  }

  private static ClientAssociation open(TestServer server) throws IOException {
    return ClientAssociation.open(
        AssociationRequest.of("localhost", server.port(), "CLIENT", "SERVER", CONTEXTS),
        SocketFactory.getDefault());
  }

  private static void assertProblem(AssociationRequest request, Problem problem) {
    assertThatThrownBy(() -> ClientAssociation.open(request, SocketFactory.getDefault()))
        .isInstanceOfSatisfying(
            DimseException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
