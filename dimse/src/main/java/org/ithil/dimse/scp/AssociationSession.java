package org.ithil.dimse.scp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.FileMeta;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.Incoming;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.association.Rejection;
import org.ithil.dimse.association.UpperLayer;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.CommandField;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of one connection to the server. */
final class AssociationSession {
  private static final Logger LOG = LoggerFactory.getLogger(AssociationSession.class);

  /** Waits for a place among those being served. */
  interface Entrance {
    boolean enter() throws InterruptedException;
  }

  private final Socket socket;
  private final long number;
  private final ServerSettings settings;
  private final AssociationPolicy policy;
  private final List<DimseService> services;
  private final Entrance entrance;
  private final Runnable exit;

  private volatile @Nullable UpperLayer layer;
  private boolean serving;
  private boolean ending;

  AssociationSession(
      Socket socket,
      long number,
      ServerSettings settings,
      AssociationPolicy policy,
      List<DimseService> services,
      Entrance entrance,
      Runnable exit) {
    this.socket = socket;
    this.number = number;
    this.settings = settings;
    this.policy = policy;
    this.services = services;
    this.entrance = entrance;
    this.exit = exit;
  }

  void run() {
    try (UpperLayer upper = UpperLayer.acceptor(socket, settings.limits())) {
      layer = upper;
      Pdu.AssociateRq request = upper.awaitRequest();
      Optional<Rejection> rejection = refusal(request);
      if (rejection.isPresent()) {
        LOG.info(
            "association {} of {} at {} to {} rejected: {}",
            number,
            request.callingAet().strip(),
            address(),
            request.calledAet().strip(),
            rejection.get());
        upper.reject(rejection.get());
      } else if (entrance.enter()) {
        try {
          serve(upper, request);
        } finally {
          exit.run();
        }
      } else {
        LOG.warn("association {} rejected: too many are waiting", number);
        upper.reject(Rejection.LOCAL_LIMIT_EXCEEDED);
      }
    } catch (DimseException e) {
      LOG.info("association {} with {} ended: {}", number, address(), e.getMessage());
    } catch (IOException e) {
      LOG.warn("association {} with {} aborted: {}", number, address(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      LOG.error("association {} with {} aborted", number, address(), e);
    } finally {
      endNow();
    }
  }

  /** Ends the association if no request is being served, else when it has been. */
  void endWhenIdle() {
    synchronized (this) {
      ending = true;
      if (serving) {
        return;
      }
    }
    endSoon();
  }

  /** Aborts the association once nothing is being written. */
  void endSoon() {
    UpperLayer current = layer;
    if (current == null) {
      endNow();
    } else {
      current.abortSoon();
    }
  }

  /** Cuts the connection. */
  void endNow() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("closing", e);
    }
  }

  private Optional<Rejection> refusal(Pdu.AssociateRq request) {
    if ((request.protocolVersion() & 1) == 0) {
      return Optional.of(Rejection.PROTOCOL_VERSION_NOT_SUPPORTED);
    }
    if (!request.applicationContext().equals(Pdu.DICOM_APPLICATION_CONTEXT)) {
      return Optional.of(Rejection.APPLICATION_CONTEXT_NOT_SUPPORTED);
    }
    if (request.callingAet().isBlank()) {
      return Optional.of(Rejection.CALLING_AET_NOT_RECOGNIZED);
    }
    return policy.admit(request, address());
  }

  private void serve(UpperLayer upper, Pdu.AssociateRq request) throws IOException {
    List<RoleSelection> roles = new ArrayList<>();
    for (RoleSelection proposed : request.user().roles()) {
      policy.role(proposed).ifPresent(roles::add);
    }
    UserInformation own =
        UserInformation.of(
                settings.limits().maxPduLength(),
                FileMeta.IMPLEMENTATION_CLASS_UID,
                FileMeta.IMPLEMENTATION_VERSION_NAME)
            .withRoles(roles);
    List<ContextResult> results = new ArrayList<>();
    List<PresentationContext> contexts = new ArrayList<>();
    for (ProposedContext proposed : request.contexts()) {
      ContextResult result = policy.negotiate(proposed);
      results.add(result);
      if (result.accepted()) {
        Optional<RoleSelection> role = own.role(proposed.abstractSyntax());
        contexts.add(
            new PresentationContext(
                proposed.id(),
                proposed.abstractSyntax(),
                TransferSyntax.of(result.transferSyntax()),
                role.map(RoleSelection::scu).orElse(true),
                role.map(RoleSelection::scp).orElse(false)));
      }
    }
    Association association =
        new Association(
            request.callingAet().strip(),
            request.calledAet().strip(),
            address(),
            contexts,
            request.user());
    LOG.info(
        "association {} of {} at {} to {}: {} of {} presentation contexts accepted",
        number,
        association.callingAet(),
        association.peerAddress().getHostAddress(),
        association.calledAet(),
        contexts.size(),
        results.size());
    upper.accept(
        new Pdu.AssociateAc(
            1,
            request.calledAet(),
            request.callingAet(),
            Pdu.DICOM_APPLICATION_CONTEXT,
            results,
            own),
        association);
    serveRequests(upper, association);
  }

  private void serveRequests(UpperLayer upper, Association association) throws IOException {
    Incoming incoming = next(upper);
    while (incoming != null && startServing()) {
      if (incoming.command() instanceof Command.Request request) {
        dispatch(new Exchange(upper, association, incoming, request));
      } else {
        // Late cancels and answers to nothing do no harm.
        LOG.debug("association {}: {} ignored", number, incoming.command().field());
      }
      if (!stopServing()) {
        upper.abortSoon(); // the server stops: the peer gets no more time than others
        return;
      }
      if (upper.ended()) {
        return;
      }
      incoming = next(upper);
    }
  }

  private @Nullable Incoming next(UpperLayer upper) throws DimseException {
    Incoming incoming = upper.receive();
    if (incoming == null) {
      LOG.info("association {} released", number);
    }
    return incoming;
  }

  private void dispatch(Exchange exchange) throws IOException {
    Command.Request request = exchange.request();
    if (!policy.permits(exchange.association(), request)) {
      throw exchange.abort(
          request.field() + " is not permitted to " + exchange.association().callingAet());
    }
    for (DimseService service : services) {
      if (service.serves(request)) {
        service.serve(exchange);
        return;
      }
    }
    LOG.warn(
        "association {}: no service for {} of {}", number, request.field(), request.sopClass());
    Command.Response response = notSupported(request);
    if (response != null) {
      exchange.dataSet().transferTo(java.io.OutputStream.nullOutputStream());
      exchange.respond(response);
    }
  }

  /** The answer to a request without a service; none to those that the reference ignores. */
  private static Command.@Nullable Response notSupported(Command.Request request) {
    Status status = Status.SOP_CLASS_NOT_SUPPORTED;
    int id = request.messageId();
    String sopClass = request.sopClass();
    return switch (request) {
      case Command.CEchoRq _ -> new Command.CEchoRsp(id, sopClass, status);
      case Command.CStoreRq rq -> new Command.CStoreRsp(id, sopClass, rq.sopInstance(), status, "");
      case Command.CFindRq _ -> new Command.CFindRsp(id, sopClass, status, "");
      case Command.CGetRq _ ->
          new Command.CGetRsp(id, sopClass, status, Command.Suboperations.NONE, "");
      case Command.CMoveRq _ ->
          new Command.CMoveRsp(id, sopClass, status, Command.Suboperations.NONE, "");
      case Command.NActionRq rq ->
          notSupported(CommandField.N_ACTION_RSP, id, sopClass, rq.sopInstance());
      case Command.NEventReportRq rq ->
          notSupported(CommandField.N_EVENT_REPORT_RSP, id, sopClass, rq.sopInstance());
      case Command.NGetRq _, Command.NSetRq _, Command.NCreateRq _, Command.NDeleteRq _ -> null;
    };
  }

  private static Command.Response notSupported(
      CommandField field, int id, String sopClass, String sopInstance) {
    return new Command.NRsp(
        field,
        id,
        Optional.of(sopClass),
        Optional.of(sopInstance),
        Status.SOP_CLASS_NOT_SUPPORTED,
        java.util.OptionalInt.empty(),
        "");
  }

  private synchronized boolean startServing() {
    serving = !ending;
    return serving;
  }

  private synchronized boolean stopServing() {
    serving = false;
    return !ending;
  }

  private InetAddress address() {
    return socket.getInetAddress();
  }
}
