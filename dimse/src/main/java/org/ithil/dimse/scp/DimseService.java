package org.ithil.dimse.scp;

import java.io.IOException;
import org.ithil.dimse.message.Command;

/** Serves one kind of request. To add a service, write one and pass it to {@link DimseServer}. */
public interface DimseService {
  /** Whether a request is its business; of several services the first one gets it. */
  boolean serves(Command.Request request);

  /**
   * Serves one request: reads the data set as far as it wants to and responds. Called by many
   * threads at the same time, one for each association.
   *
   * @throws org.ithil.dimse.pdu.DimseException if the association broke
   * @throws IOException any other failure: the association is aborted
   */
  void serve(Exchange exchange) throws IOException;
}
