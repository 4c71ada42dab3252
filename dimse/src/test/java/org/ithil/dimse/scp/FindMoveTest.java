package org.ithil.dimse.scp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.SocketFactory;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Command.Suboperations;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** C-FIND and C-MOVE as SCU, PS3.4 C.4.1 and C.4.2, and C-CANCEL. */
@Timeout(60)
class FindMoveTest {
  private static final String FIND = "1.2.840.10008.5.1.4.1.2.2.1";
  private static final String MOVE = "1.2.840.10008.5.1.4.1.2.2.2";

  @Test
  void matches_come_one_by_one_and_then_the_last_status() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS, new Finding(3, 0x0000));
        ClientAssociation client = open(server)) {
      List<String> matches = new ArrayList<>();
      Status last =
          client.find(
              context(client, FIND),
              out -> out.write(bytes("key!")),
              in -> matches.add(new String(in.readAllBytes(), StandardCharsets.US_ASCII)));
      assertThat(matches).containsExactly("key!0.", "key!1.", "key!2.");
      assertThat(last).isEqualTo(Status.SUCCESS);
      assertThat(client.find(context(client, FIND), out -> out.write(bytes("x.")), _ -> {}))
          .as("again, without reading the matches")
          .isEqualTo(Status.SUCCESS);
      client.release();
    }
  }

  @Test
  void a_failure_is_the_last_status() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS, new Finding(1, 0xc001));
        ClientAssociation client = open(server)) {
      assertThat(client.find(context(client, FIND), out -> out.write(bytes("ab")), _ -> {}))
          .isEqualTo(new Status(0xc001));
    }
  }

  @Test
  void what_cannot_take_a_match_ends_the_find() throws Exception {
    try (TestServer server = new TestServer(TestServer.SETTINGS, new Finding(1000, 0));
        ClientAssociation client = open(server)) {
      assertThatThrownBy(() ->
              client.find(
                  context(client, FIND),
                  out -> out.write(bytes("ab")),
                  _ -> {
                    throw new IOException("enough");
                  }))
          .hasMessage("enough");
    }
  }

  @Test
  void a_move_tells_its_progress_and_its_destination() throws Exception {
    Moving moving = new Moving();
    try (TestServer server = new TestServer(TestServer.SETTINGS, moving);
        ClientAssociation client = open(server)) {
      List<Suboperations> progress = new ArrayList<>();
      Command.CMoveRsp last =
          client.move(
              context(client, MOVE), 77, "THERE", out -> out.write(bytes("two!")), progress::add);
      assertThat(moving.asked.take()).isEqualTo("77 THERE two!");
      assertThat(progress)
          .extracting(counts -> counts.completed().orElseThrow())
          .containsExactly(1, 2);
      assertThat(last.status()).isEqualTo(Status.SUCCESS);
      assertThat(last.suboperations().completed()).hasValue(2);
      client.release();
    }
  }

  @Test
  void a_move_can_be_cancelled_by_another_thread() throws Exception {
    Moving moving = new Moving();
    try (TestServer server = new TestServer(TestServer.SETTINGS, moving);
        ClientAssociation client = open(server)) {
      CountDownLatch begun = new CountDownLatch(1);
      Thread canceller =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  begun.await();
                  client.cancel(context(client, MOVE), 5);
                } catch (InterruptedException | DimseException e) {
                  throw new IllegalStateException(e);
                }
              });
      Command.CMoveRsp last =
          client.move(
              context(client, MOVE),
              5,
              "THERE",
              out -> out.write(bytes("endless!")),
              _ -> begun.countDown());
      canceller.join();
      assertThat(last.status()).isEqualTo(Status.CANCEL);
      assertThat(client.echo()).as("the association stands").isEqualTo(Status.SUCCESS);
      client.release();
    }
  }

  @Test
  void closing_ends_the_wait_of_another_thread() throws Exception {
    Moving moving = new Moving();
    try (TestServer server = new TestServer(TestServer.SETTINGS, moving);
        ClientAssociation client = open(server)) {
      CountDownLatch begun = new CountDownLatch(1);
      Thread closer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  begun.await();
                  client.close();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThatThrownBy(() ->
              client.move(
                  context(client, MOVE),
                  5,
                  "THERE",
                  out -> out.write(bytes("endless!")),
                  _ -> begun.countDown()))
          .isInstanceOfSatisfying(
              DimseException.class, e -> assertThat(e.problem()).isEqualTo(Problem.CLOSED));
      closer.join();
    }
  }

  @Test
  void a_destination_may_be_empty() throws Exception {
    Moving moving = new Moving();
    try (TestServer server = new TestServer(TestServer.SETTINGS, moving);
        ClientAssociation client = open(server)) {
      client.move(context(client, MOVE), 1, "", out -> out.write(bytes("ab")), _ -> {});
      assertThat(moving.asked.take()).isEqualTo("1  ab");
    }
  }

  private static ClientAssociation open(TestServer server) throws IOException {
    String implicit = "1.2.840.10008.1.2";
    return ClientAssociation.open(
        AssociationRequest.of(
            "localhost",
            server.port(),
            "CLIENT",
            "SERVER",
            List.of(
                new ProposedContext(1, ClientAssociation.VERIFICATION, List.of(implicit)),
                new ProposedContext(3, FIND, List.of(implicit)),
                new ProposedContext(5, MOVE, List.of(implicit)))),
        SocketFactory.getDefault());
  }

  private static PresentationContext context(ClientAssociation client, String sopClass) {
    return client.association().context(sopClass, "1.2.840.10008.1.2").orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Answers with the identifier and a number, so many times, then with a status. */
  private record Finding(int matches, int last) implements DimseService {
    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CFindRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      Command.CFindRq request = (Command.CFindRq) exchange.request();
      byte[] identifier = exchange.dataSet().readAllBytes();
      for (int i = 0; i < matches; i++) {
        byte[] number = bytes(i % 10 + ".");
        exchange.respond(
            new Command.CFindRsp(request.messageId(), request.sopClass(), Status.PENDING, ""),
            out -> {
              out.write(identifier);
              out.write(number);
            });
      }
      exchange.respond(
          new Command.CFindRsp(request.messageId(), request.sopClass(), new Status(last), ""));
    }
  }

  /** Two sub-operations, or endless ones until it is cancelled. */
  private static final class Moving implements DimseService {
    final BlockingQueue<String> asked = new LinkedBlockingQueue<>();

    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CMoveRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      Command.CMoveRq request = (Command.CMoveRq) exchange.request();
      String identifier = new String(exchange.dataSet().readAllBytes(), StandardCharsets.US_ASCII);
      asked.add(request.messageId() + " " + request.destination() + " " + identifier);
      boolean endless = identifier.equals("endless!");
      int done = 0;
      while (endless ? !exchange.cancelled() : done < 2) {
        done++;
        respond(exchange, request, Status.PENDING, done);
      }
      respond(exchange, request, endless ? Status.CANCEL : Status.SUCCESS, done);
    }

    private static void respond(Exchange exchange, Command.CMoveRq request, Status status, int done)
        throws IOException {
      Suboperations counts =
          new Suboperations(
              OptionalInt.empty(),
              OptionalInt.of(Math.min(done, 60_000)),
              OptionalInt.of(0),
              OptionalInt.of(0));
      exchange.respond(
          new Command.CMoveRsp(request.messageId(), request.sopClass(), status, counts, ""));
    }
  }
}
