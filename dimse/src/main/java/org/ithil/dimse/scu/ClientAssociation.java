package org.ithil.dimse.scu;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.io.FileMeta;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.DataSetBody;
import org.ithil.dimse.association.Incoming;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.association.UpperLayer;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Priority;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;
import org.ithil.dimse.pdu.Pdu;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.jspecify.annotations.Nullable;

/**
 * An association that we asked for. For one thread, except {@link #cancel} and {@link #close}.
 * {@link #release} ends it in good order, {@link #close} alone aborts it.
 */
public final class ClientAssociation implements Closeable {
  /** Verification SOP Class, PS3.4 A. */
  public static final String VERIFICATION = "1.2.840.10008.1.1";

  private final UpperLayer layer;
  private final Association association;
  private int lastMessageId;

  /** Takes the matches of a C-FIND as they come. */
  @FunctionalInterface
  public interface Matches {
    /**
     * Takes one.
     *
     * @param identifier its data set, in the syntax of the context of the request
     * @throws IOException of its own, or of the association; the C-FIND is given up, and the
     *     association is to be closed
     */
    void take(InputStream identifier) throws IOException;
  }

  /** Is told how a C-MOVE gets on. */
  @FunctionalInterface
  public interface Progress {
    /** A number of sub-operations was done. */
    void at(Command.Suboperations counts);
  }

  private ClientAssociation(UpperLayer layer, Association association) {
    this.layer = layer;
    this.association = association;
  }

  /**
   * Asks for an association.
   *
   * @param sockets where sockets come from: plain ones, or TLS
   * @throws DimseException {@code NOT_CONNECTED}, {@code REJECTED} and others
   */
  public static ClientAssociation open(AssociationRequest request, SocketFactory sockets)
      throws IOException {
    Socket socket = sockets.createSocket();
    try {
      socket.connect(
          new InetSocketAddress(request.host(), request.port()),
          (int) request.connectTimeout().toMillis());
    } catch (IOException e) {
      socket.close();
      throw new DimseException(
          Problem.NOT_CONNECTED,
          "cannot connect to " + request.host() + ":" + request.port() + ": " + e.getMessage(),
          e);
    }
    UpperLayer layer = UpperLayer.requestor(socket, request.limits());
    try {
      Pdu.AssociateAc acceptance = layer.request(pdu(request));
      Association agreed = agreed(request, acceptance, socket);
      layer.establish(agreed);
      return new ClientAssociation(layer, agreed);
    } catch (IOException | RuntimeException e) {
      layer.close();
      throw e;
    }
  }

  public Association association() {
    return association;
  }

  /** C-ECHO, PS3.4 A.4. */
  public Status echo() throws IOException {
    PresentationContext context =
        association.contexts().stream()
            .filter(c -> c.abstractSyntax().equals(VERIFICATION))
            .findFirst()
            .orElseThrow(() -> noContext(VERIFICATION, "any"));
    return perform(context, new Command.CEchoRq(nextMessageId(), VERIFICATION), null).status();
  }

  /**
   * C-STORE, PS3.4 B.2.
   *
   * @param transferSyntax that of the data set; a context with it must have been accepted
   */
  public Status store(
      String sopClass, String sopInstance, String transferSyntax, DataSetBody dataSet)
      throws IOException {
    return store(sopClass, sopInstance, transferSyntax, Optional.empty(), dataSet);
  }

  /**
   * C-STORE as a sub-operation of a C-MOVE.
   *
   * @param originator who asked for it
   */
  public Status store(
      String sopClass,
      String sopInstance,
      String transferSyntax,
      Optional<Command.MoveOriginator> originator,
      DataSetBody dataSet)
      throws IOException {
    PresentationContext context =
        association
            .context(sopClass, transferSyntax)
            .orElseThrow(() -> noContext(sopClass, transferSyntax));
    Command.CStoreRq request =
        new Command.CStoreRq(nextMessageId(), sopClass, sopInstance, Priority.MEDIUM, originator);
    return perform(context, request, dataSet).status();
  }

  /**
   * C-FIND, PS3.4 C.4.1 and K.4.1: for the SOP class of a context.
   *
   * @param identifier what is looked for
   * @param matches gets what is found
   * @return the last status; no pending one
   */
  public Status find(PresentationContext context, DataSetBody identifier, Matches matches)
      throws IOException {
    int id = nextMessageId();
    send(context, new Command.CFindRq(id, context.abstractSyntax(), Priority.MEDIUM), identifier);
    while (true) {
      Incoming incoming = receive();
      if (incoming.command() instanceof Command.CFindRsp response && response.respondsTo() == id) {
        if (response.status().category() != Status.Category.PENDING) {
          return response.status();
        }
        if (incoming.hasDataSet()) {
          matches.take(incoming.dataSet());
        }
      }
    }
  }

  /**
   * C-MOVE, PS3.4 C.4.2: for the SOP class of a context. Can be stopped by {@link #cancel}.
   *
   * @param messageId its number, which the C-STORE requests that it brings about will bear
   * @param destination title of where the instances are to go
   * @param identifier what is to be moved
   * @param progress is told the counts of each pending answer
   * @return the last answer; its status is no pending one
   */
  public Command.CMoveRsp move(
      PresentationContext context,
      int messageId,
      String destination,
      DataSetBody identifier,
      Progress progress)
      throws IOException {
    send(
        context,
        new Command.CMoveRq(messageId, context.abstractSyntax(), Priority.MEDIUM, destination),
        identifier);
    while (true) {
      Incoming incoming = receive();
      if (incoming.command() instanceof Command.CMoveRsp response
          && response.respondsTo() == messageId) {
        if (response.status().category() != Status.Category.PENDING) {
          return response;
        }
        progress.at(response.suboperations());
      }
    }
  }

  /**
   * C-CANCEL, PS3.7 9.3.2.3: asks the peer to stop answering a request whose answers another thread
   * awaits. There is no answer to it but the last one of the request, if the peer obeys.
   */
  public void cancel(PresentationContext context, int messageId) throws DimseException {
    layer.sendAside(context, new Command.CCancelRq(messageId));
  }

  /**
   * Sends a request and awaits its one response; a data set of the response is skipped.
   *
   * @param dataSet null for none
   */
  public Command.Response perform(
      PresentationContext context, Command.Request request, @Nullable DataSetBody dataSet)
      throws IOException {
    send(context, request, dataSet);
    while (true) {
      Incoming incoming = receive();
      if (incoming.command() instanceof Command.Response response
          && response.respondsTo() == request.messageId()) {
        return response;
      }
    }
  }

  /** Sends a message. */
  public void send(PresentationContext context, Command command, @Nullable DataSetBody dataSet)
      throws IOException {
    layer.send(context, command, dataSet);
  }

  /** Awaits the next message; its data set is to be read before the next one is awaited. */
  public Incoming receive() throws DimseException {
    Incoming incoming = layer.receive();
    if (incoming == null) {
      throw new DimseException(Problem.CLOSED, "the peer released the association");
    }
    return incoming;
  }

  /** A number for the next request: 1 to 65535, and from the start again. */
  public int nextMessageId() {
    lastMessageId = lastMessageId % 0xffff + 1;
    return lastMessageId;
  }

  /** Releases the association. */
  public void release() throws DimseException {
    layer.release();
    layer.close();
  }

  /** Aborts the association if it still stands, from any thread; whoever awaits something fails. */
  @Override
  public void close() {
    layer.abort();
    layer.abortNow();
  }

  private static Pdu.AssociateRq pdu(AssociationRequest request) {
    UserInformation user =
        new UserInformation(
            request.limits().maxPduLength(),
            FileMeta.IMPLEMENTATION_CLASS_UID,
            FileMeta.IMPLEMENTATION_VERSION_NAME,
            Optional.empty(),
            request.roles(),
            request.extended(),
            List.of());
    return new Pdu.AssociateRq(
        1,
        request.calledAet(),
        request.callingAet(),
        Pdu.DICOM_APPLICATION_CONTEXT,
        request.contexts(),
        user);
  }

  private static Association agreed(
      AssociationRequest request, Pdu.AssociateAc acceptance, Socket socket) {
    Map<Integer, ProposedContext> proposed =
        request.contexts().stream()
            .collect(Collectors.toMap(ProposedContext::id, Function.identity(), (a, _) -> a));
    List<PresentationContext> contexts = new ArrayList<>();
    for (ContextResult result : acceptance.contexts()) {
      ProposedContext proposal = proposed.get(result.id());
      if (result.accepted() && proposal != null) {
        Optional<RoleSelection> role = acceptance.user().role(proposal.abstractSyntax());
        contexts.add(
            new PresentationContext(
                result.id(),
                proposal.abstractSyntax(),
                TransferSyntax.of(result.transferSyntax()),
                role.map(RoleSelection::scu).orElse(true),
                role.map(RoleSelection::scp).orElse(false)));
      }
    }
    return new Association(
        request.callingAet(),
        request.calledAet(),
        socket.getInetAddress(),
        contexts,
        acceptance.user());
  }

  private static DimseException noContext(String sopClass, String transferSyntax) {
    return new DimseException(
        Problem.NO_CONTEXT,
        "no presentation context was accepted for " + sopClass + " in " + transferSyntax);
  }
}
