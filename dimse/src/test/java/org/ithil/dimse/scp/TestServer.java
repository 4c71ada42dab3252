package org.ithil.dimse.scp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.Rejection;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;

/** A server that takes everything, answers echoes and keeps what is stored in memory. */
final class TestServer implements AssociationPolicy, AutoCloseable {
  static final ServerSettings SETTINGS =
      new ServerSettings(
          0,
          4,
          1000,
          Duration.ofSeconds(30),
          1000,
          Duration.ofSeconds(5),
          WireLimits.DEFAULT.withSilence(Duration.ofSeconds(20)).withArtim(Duration.ofSeconds(20)));

  /** What was stored, in the order of arrival. */
  final BlockingQueue<byte[]> stored = new LinkedBlockingQueue<>();

  /** How each association that was served began. */
  final BlockingQueue<Association> associations = new LinkedBlockingQueue<>();

  private final DimseServer server;

  TestServer(ServerSettings settings, DimseService... more) throws IOException {
    this(settings, ServerSocketFactory.getDefault(), more);
  }

  TestServer(ServerSettings settings, ServerSocketFactory sockets, DimseService... more)
      throws IOException {
    List<DimseService> services = new ArrayList<>(List.of(more));
    services.add(new Echo());
    services.add(new Store());
    server = DimseServer.start(settings, this, services, sockets);
  }

  int port() {
    return server.port();
  }

  DimseServer server() {
    return server;
  }

  @Override
  public void close() {
    server.close();
  }

  @Override
  public Optional<Rejection> admit(Pdu.AssociateRq request, InetAddress peer) {
    return request.callingAet().strip().equals("STRANGER")
        ? Optional.of(Rejection.CALLING_AET_NOT_RECOGNIZED)
        : Optional.empty();
  }

  @Override
  public ContextResult negotiate(ProposedContext proposed) {
    return proposed.abstractSyntax().endsWith(".99")
        ? new ContextResult(
            proposed.id(), ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED, "1.2.840.10008.1.2")
        : new ContextResult(proposed.id(), 0, proposed.transferSyntaxes().getFirst());
  }

  @Override
  public Optional<RoleSelection> role(RoleSelection proposed) {
    return Optional.of(proposed);
  }

  @Override
  public boolean permits(Association association, Command.Request request) {
    associations.add(association);
    return !association.callingAet().equals("FORBIDDEN");
  }

  private static final class Echo implements DimseService {
    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CEchoRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      exchange.respond(
          new Command.CEchoRsp(
              exchange.request().messageId(), exchange.request().sopClass(), Status.SUCCESS));
    }
  }

  private final class Store implements DimseService {
    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CStoreRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      Command.CStoreRq request = (Command.CStoreRq) exchange.request();
      Status status = Status.SUCCESS;
      if (request.sopInstance().equals("6.6.6")) {
        status = Status.OUT_OF_RESOURCES; // without reading the data set
      } else {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        exchange.dataSet().transferTo(out);
        stored.add(out.toByteArray());
      }
      exchange.respond(
          new Command.CStoreRsp(
              request.messageId(), request.sopClass(), request.sopInstance(), status, ""));
    }
  }
}
