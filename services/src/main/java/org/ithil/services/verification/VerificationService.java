package org.ithil.services.verification;

import java.io.IOException;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.scp.DimseService;
import org.ithil.dimse.scp.Exchange;

/** Verification as SCP, PS3.4 A: yes, we are here. The SOP class named does not matter. */
public final class VerificationService implements DimseService {
  @Override
  public boolean serves(Command.Request request) {
    return request instanceof Command.CEchoRq;
  }

  @Override
  public void serve(Exchange exchange) throws IOException {
    if (exchange.hasDataSet()) {
      throw exchange.abort("C-ECHO-RQ with a data set");
    }
    Command.Request request = exchange.request();
    exchange.respond(new Command.CEchoRsp(request.messageId(), request.sopClass(), Status.SUCCESS));
  }
}
