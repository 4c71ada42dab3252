package org.ithil.services.sending;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
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
import org.ithil.dimse.scp.AssociationPolicy;
import org.ithil.dimse.scp.DimseServer;
import org.ithil.dimse.scp.DimseService;
import org.ithil.dimse.scp.Exchange;
import org.ithil.dimse.scp.ServerSettings;
import org.ithil.services.modality.Modality;

/** A modality that takes what is stored, or behaves badly. */
final class Receiver implements AssociationPolicy, DimseService, AutoCloseable {
  /** What was stored: instance UID, transfer syntax, bytes, and who asked for it. */
  record Stored(Command.CStoreRq request, String syntax, byte[] bytes) {}

  /** How requests are met. */
  enum Manner {
    STORES,
    IS_FULL,
    IS_SILENT,
    ABORTS,
    READS_NOTHING,
    REJECTS
  }

  final List<Stored> stored = new CopyOnWriteArrayList<>();
  final List<Pdu.AssociateRq> requests = new CopyOnWriteArrayList<>();
  final CountDownLatch begun = new CountDownLatch(1);
  volatile Manner manner = Manner.STORES;

  /** How many are stored before the manner counts. */
  volatile int before;

  /** The transfer syntax accepted of a context, if any. */
  volatile Function<ProposedContext, Optional<String>> choice =
      proposed -> Optional.of(proposed.transferSyntaxes().getFirst());

  private final CountDownLatch end = new CountDownLatch(1);
  private final DimseServer server;

  Receiver() throws IOException {
    WireLimits limits =
        WireLimits.DEFAULT.withSilence(Duration.ofSeconds(20)).withArtim(Duration.ofSeconds(1));
    server =
        DimseServer.start(
            new ServerSettings(
                0, 10, 100, Duration.ofSeconds(20), 100, Duration.ofSeconds(1), limits),
            this,
            List.of(this),
            ServerSocketFactory.getDefault());
  }

  Modality modality() {
    return Modality.of("THERE", "127.0.0.1", server.port());
  }

  List<String> uids() {
    return stored.stream().map(one -> one.request().sopInstance()).toList();
  }

  @Override
  public Optional<Rejection> admit(Pdu.AssociateRq request, InetAddress peer) {
    requests.add(request);
    return manner == Manner.REJECTS
        ? Optional.of(Rejection.CALLED_AET_NOT_RECOGNIZED)
        : Optional.empty();
  }

  @Override
  public ContextResult negotiate(ProposedContext proposed) {
    return choice
        .apply(proposed)
        .map(syntax -> new ContextResult(proposed.id(), ContextResult.ACCEPTANCE, syntax))
        .orElseGet(() ->
            new ContextResult(
                proposed.id(), ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED, "1.2.840.10008.1.2"));
  }

  @Override
  public Optional<RoleSelection> role(RoleSelection proposed) {
    return Optional.empty();
  }

  @Override
  public boolean permits(Association association, Command.Request request) {
    return true;
  }

  @Override
  public boolean serves(Command.Request request) {
    return true;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    if (!(exchange.request() instanceof Command.CStoreRq request)) {
      exchange.respond(
          new Command.CEchoRsp(
              exchange.request().messageId(), exchange.request().sopClass(), Status.SUCCESS));
      return;
    }
    boolean behaves = manner == Manner.STORES || stored.size() < before;
    begun.countDown();
    if (!behaves && (manner == Manner.READS_NOTHING || manner == Manner.IS_SILENT)) {
      await();
      return;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    exchange.dataSet().transferTo(bytes);
    if (!behaves && manner == Manner.ABORTS) {
      throw exchange.abort("wanted");
    }
    if (behaves) {
      String syntax = exchange.context().transferSyntax().uid();
      stored.add(new Stored(request, syntax, bytes.toByteArray()));
    }
    exchange.respond(
        new Command.CStoreRsp(
            request.messageId(),
            request.sopClass(),
            request.sopInstance(),
            behaves ? Status.SUCCESS : Status.OUT_OF_RESOURCES,
            ""));
  }

  private void await() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.close();
  }
}
