package org.ithil.conformance.synthetic;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.SocketFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
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
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;

/**
 * An archive that answers C-MOVE by sending synthetic images to one port, whatever the destination:
 * as many for each study, whose UID is its number. It can be held in the middle.
 */
public final class SendingArchive implements AssociationPolicy, DimseService, AutoCloseable {
  private final DimseServer server;
  private final int target;
  private final int instances;
  private final List<String> moves = new CopyOnWriteArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch free = new CountDownLatch(1);
  private volatile int holdAfter = Integer.MAX_VALUE;

  /**
   * @param target port that instances are sent to
   * @param instances of each study
   */
  public SendingArchive(int target, int instances) throws IOException {
    this.target = target;
    this.instances = instances;
    ServerSettings d = ServerSettings.DEFAULT;
    ServerSettings settings =
        new ServerSettings(
            0,
            d.concurrentAssociations(),
            d.waitingAssociations(),
            d.waitingTime(),
            d.connections(),
            d.stopTime(),
            WireLimits.DEFAULT);
    server = DimseServer.start(settings, this, List.of(this), ServerSocketFactory.getDefault());
  }

  public int port() {
    return server.port();
  }

  /** UIDs of the studies that were asked for, in that order. */
  public List<String> moves() {
    return List.copyOf(moves);
  }

  /** Stops after so many instances until {@link #goOn}. */
  public void holdAfter(int number) {
    holdAfter = number;
  }

  /** Waits until it stops. */
  public void awaitHold() {
    await(held);
  }

  /** Goes on. */
  public void goOn() {
    free.countDown();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited for too long");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean serves(Command.Request request) {
    return request instanceof Command.CMoveRq;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    Command.CMoveRq request = (Command.CMoveRq) exchange.request();
    byte[] identifier = exchange.dataSet().readAllBytes();
    String study =
        DicomReader.readDataSet(
                ByteSource.of(identifier),
                exchange.context().transferSyntax(),
                ReadOptions.DEFAULT)
            .dataSet()
            .ascii(Tag.StudyInstanceUID)
            .orElseThrow();
    moves.add(study);
    Command.MoveOriginator originator =
        new Command.MoveOriginator(
            exchange.association().callingAet(), OptionalInt.of(request.messageId()));
    try (ClientAssociation client = associate(request.destination())) {
      for (int i = 1; i <= instances; i++) {
        SyntheticImage image = SyntheticImage.small(Integer.parseInt(study), 1, i);
        client.store(
            SyntheticImage.SOP_CLASS,
            image.sopInstance(),
            SyntheticImage.TRANSFER_SYNTAX,
            Optional.of(originator),
            out -> image.dataSetStream().transferTo(out));
        respond(exchange, request, Status.PENDING, i);
        if (sent.incrementAndGet() == holdAfter) {
          held.countDown();
          await(free);
        }
      }
      client.release();
    }
    respond(exchange, request, Status.SUCCESS, instances);
  }

  private ClientAssociation associate(String called) throws IOException {
    ProposedContext context =
        new ProposedContext(1, SyntheticImage.SOP_CLASS, List.of(SyntheticImage.TRANSFER_SYNTAX));
    return ClientAssociation.open(
        AssociationRequest.of("127.0.0.1", target, "REMOTE", called, List.of(context)),
        SocketFactory.getDefault());
  }

  private static void respond(
      Exchange exchange, Command.CMoveRq request, Status status, int completed)
      throws IOException {
    Command.Suboperations counts =
        new Command.Suboperations(
            OptionalInt.empty(),
            OptionalInt.of(completed),
            OptionalInt.of(0),
            OptionalInt.of(0));
    exchange.respond(
        new Command.CMoveRsp(request.messageId(), request.sopClass(), status, counts, ""));
  }

  @Override
  public Optional<Rejection> admit(Pdu.AssociateRq request, InetAddress peer) {
    return Optional.empty();
  }

  @Override
  public ContextResult negotiate(ProposedContext proposed) {
    return new ContextResult(proposed.id(), 0, proposed.transferSyntaxes().getFirst());
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
  public void close() {
    free.countDown();
    server.close();
  }
}
