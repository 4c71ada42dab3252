package org.ithil.dimse.scp;

import java.io.IOException;
import java.io.InputStream;
import org.ithil.dimse.association.Association;
import org.ithil.dimse.association.DataSetBody;
import org.ithil.dimse.association.Incoming;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.association.UpperLayer;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;

/** One request being served: what was asked, by whom, and the way to answer. */
public final class Exchange {
  private final UpperLayer layer;
  private final Association association;
  private final Incoming incoming;
  private final Command.Request request;
  private boolean cancelled;

  Exchange(UpperLayer layer, Association association, Incoming incoming, Command.Request request) {
    this.layer = layer;
    this.association = association;
    this.incoming = incoming;
    this.request = request;
  }

  public Command.Request request() {
    return request;
  }

  public Association association() {
    return association;
  }

  /** The presentation context that the request came in; its SOP class may be another one. */
  public PresentationContext context() {
    return incoming.context();
  }

  public boolean hasDataSet() {
    return incoming.hasDataSet();
  }

  /** The request's data set, as it arrives; to be read before the first response. */
  public InputStream dataSet() {
    return incoming.dataSet();
  }

  /** Sends a response without a data set. */
  public void respond(Command.Response response) throws IOException {
    layer.send(incoming.context(), response, null);
  }

  /** Sends a response with a data set in the syntax of the request's context. */
  public void respond(Command.Response response, DataSetBody body) throws IOException {
    layer.send(incoming.context(), response, body);
  }

  /** Whether the requestor has cancelled the request by now, PS3.7 9.3.2.3. Does not wait. */
  public boolean cancelled() throws DimseException {
    while (!cancelled && layer.hasArrived()) {
      Incoming next = next();
      if (!(next.command() instanceof Command.CCancelRq)) {
        throw unexpected(next);
      }
      noteCancel(next);
    }
    return cancelled;
  }

  /**
   * Performs a sub-operation on the same association, PS3.7 9.1.3: sends a request to the requestor
   * and awaits its answer.
   */
  public Command.Response perform(
      PresentationContext context, Command.Request suboperation, DataSetBody body)
      throws IOException {
    layer.send(context, suboperation, body);
    while (true) {
      Incoming next = next();
      if (next.command() instanceof Command.Response response
          && response.respondsTo() == suboperation.messageId()) {
        return response;
      }
      if (!(next.command() instanceof Command.CCancelRq)) {
        throw unexpected(next);
      }
      noteCancel(next);
    }
  }

  /** Aborts the association: the way to answer what cannot be answered. */
  public DimseException abort(String why) {
    layer.abort();
    return new DimseException(Problem.UNEXPECTED, why);
  }

  private Incoming next() throws DimseException {
    Incoming next = layer.receive();
    if (next == null) {
      throw new DimseException(Problem.CLOSED, "released while a request is being served");
    }
    return next;
  }

  private void noteCancel(Incoming incoming) {
    cancelled |=
        incoming.command() instanceof Command.CCancelRq(int respondsTo)
            && respondsTo == request.messageId();
  }

  private DimseException unexpected(Incoming next) {
    return abort(next.command().field() + " while " + request.field() + " is being served");
  }
}
