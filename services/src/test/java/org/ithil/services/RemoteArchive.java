package org.ithil.services;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ServerSocketFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.DicomWriter;
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
import org.ithil.services.modality.Modality;

/** Another archive, REMOTE, on a free port, which answers C-FIND and C-MOVE as it is told. */
public final class RemoteArchive implements AssociationPolicy, AutoCloseable {
  /** Identifiers of the requests, in the order of their arrival. */
  public final BlockingQueue<DataSet> asked = new LinkedBlockingQueue<>();

  /** The requests. */
  public final BlockingQueue<Command.Request> commands = new LinkedBlockingQueue<>();

  /** What is found; the bytes of identifiers in explicit little endian. */
  public final List<byte[]> matches = new ArrayList<>();

  /** The last status of a C-FIND. */
  public volatile Status lastOfFind = Status.SUCCESS;

  private final Moving moving;
  private final DimseServer server;

  /** What is done for a C-MOVE. */
  @FunctionalInterface
  public interface Moving {
    /** Gives the last status. */
    Status move(Exchange exchange, Command.CMoveRq request, DataSet identifier) throws IOException;
  }

  /** One that finds, and moves nothing. */
  public RemoteArchive() throws IOException {
    this((_, _, _) -> Status.SUCCESS);
  }

  public RemoteArchive(Moving moving) throws IOException {
    this.moving = moving;
    server =
        DimseServer.start(
            new ServerSettings(
                0, 8, 8, Duration.ofSeconds(20), 20, Duration.ofSeconds(5), WireLimits.DEFAULT),
            this,
            List.of(new Find(), new Move()),
            ServerSocketFactory.getDefault());
  }

  /** How it is called. */
  public Modality modality() {
    return Modality.of("REMOTE", "127.0.0.1", server.port());
  }

  /** Adds something to be found. */
  public RemoteArchive finding(DataSet match) throws IOException {
    java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
    DicomWriter.writeDataSet(
        match,
        org.ithil.dicom.encoding.TransferSyntax.EXPLICIT_LE,
        ByteSource.of(new byte[0]),
        out);
    matches.add(out.toByteArray());
    return this;
  }

  /** A pending answer to a C-MOVE. */
  public static void pending(Exchange exchange, int completed) throws IOException {
    Command.Request request = exchange.request();
    exchange.respond(
        new Command.CMoveRsp(
            request.messageId(), request.sopClass(), Status.PENDING, counts(completed), ""));
  }

  private static Command.Suboperations counts(int completed) {
    return new Command.Suboperations(
        OptionalInt.empty(), OptionalInt.of(completed), OptionalInt.of(0), OptionalInt.of(0));
  }

  @Override
  public void close() {
    server.close();
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
    return Optional.of(proposed);
  }

  @Override
  public boolean permits(Association association, Command.Request request) {
    return true;
  }

  private DataSet identifier(Exchange exchange) throws IOException {
    DataSet identifier =
        DicomReader.readDataSet(
                ByteSource.of(exchange.dataSet().readAllBytes()),
                exchange.context().transferSyntax(),
                ReadOptions.DEFAULT)
            .dataSet();
    asked.add(identifier);
    commands.add(exchange.request());
    return identifier;
  }

  private final class Find implements DimseService {
    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CFindRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      Command.Request request = exchange.request();
      identifier(exchange);
      for (byte[] match : matches) {
        exchange.respond(
            new Command.CFindRsp(request.messageId(), request.sopClass(), Status.PENDING, ""),
            out -> out.write(match));
      }
      exchange.respond(
          new Command.CFindRsp(request.messageId(), request.sopClass(), lastOfFind, ""));
    }
  }

  private final class Move implements DimseService {
    @Override
    public boolean serves(Command.Request request) {
      return request instanceof Command.CMoveRq;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
      Command.CMoveRq request = (Command.CMoveRq) exchange.request();
      Status last = moving.move(exchange, request, identifier(exchange));
      exchange.respond(
          new Command.CMoveRsp(request.messageId(), request.sopClass(), last, counts(0), ""));
    }
  }
}
