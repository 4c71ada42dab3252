package org.ithil.services.modality;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Status;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.scu.ClientAssociation;

/**
 * An association that we have asked a modality for. For one thread. {@link #release} ends it in
 * good order, {@link #close} alone aborts it.
 */
public final class ModalityAssociation implements Closeable {
  private final Modality modality;
  private final ClientAssociation client;

  /** Something done over an association. */
  @FunctionalInterface
  public interface Exchange<T> {
    T on(ClientAssociation client) throws IOException;
  }

  ModalityAssociation(Modality modality, ClientAssociation client) {
    this.modality = modality;
    this.client = client;
  }

  public Modality modality() {
    return modality;
  }

  /** The accepted contexts. */
  public List<PresentationContext> contexts() {
    return client.association().contexts();
  }

  /** The first accepted context for a SOP class, whatever its transfer syntax. */
  public Optional<PresentationContext> context(String sopClass) {
    return contexts().stream().filter(c -> c.abstractSyntax().equals(sopClass)).findFirst();
  }

  /**
   * Does something, and says what went wrong as a {@link ModalityException}.
   *
   * @param operation what it is for those who read the failure, as in {@code C-FIND}
   * @throws ModalityException.Broken if the association ends before its time
   */
  public <T> T during(String operation, Exchange<T> exchange) throws IOException {
    try {
      return exchange.on(client);
    } catch (DimseException e) {
      throw new ModalityException.Broken(modality, operation, e);
    }
  }

  /**
   * C-ECHO.
   *
   * @throws ModalityException if it does not succeed
   */
  public void echo() throws IOException {
    if (context(ClientAssociation.VERIFICATION).isEmpty()) {
      throw new ModalityException.NothingAccepted(modality);
    }
    check("C-ECHO", during("C-ECHO", ClientAssociation::echo));
  }

  /**
   * Looks at the last status of an operation: warnings will do.
   *
   * @throws ModalityException.Failed if it is a failure, or the operation was cancelled
   */
  public void check(String operation, Status status) throws ModalityException {
    switch (status.category()) {
      case SUCCESS, WARNING, PENDING -> {}
      case FAILURE, CANCEL -> throw new ModalityException.Failed(modality, operation, status);
    }
  }

  /** Releases the association; a failure of that is nobody's business, it is over either way. */
  public void release() {
    try {
      client.release();
    } catch (DimseException e) {
      client.close();
    }
  }

  /** Aborts the association if it still stands. */
  @Override
  public void close() {
    client.close();
  }
}
