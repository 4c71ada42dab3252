package org.ithil.services.retrieval;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Uid;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Command.CMoveRsp;
import org.ithil.dimse.message.Status;
import org.ithil.services.modality.ModalityAssociation;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;
import org.ithil.services.query.Identifier;
import org.ithil.services.query.QueryClient;
import org.jspecify.annotations.Nullable;

/**
 * Makes the C-MOVEs of one retrieval over one association, which is made when it is needed and made
 * again when it broke. For one thread, which may be interrupted while it waits.
 *
 * <p>What is awaited from the network is awaited by another thread, as an interrupted one loses its
 * connection: so there is time to cancel in good order.
 */
final class MoveConnection implements AutoCloseable {
  private static final String OPERATION = "C-MOVE";

  /** How long a peer has to answer a C-CANCEL before the association is aborted. */
  private static final long GRACE_MILLIS = 300;

  private final ModalityClient client;
  private final RetrieveRequest request;
  private volatile @Nullable ModalityAssociation association;

  MoveConnection(ModalityClient client, RetrieveRequest request) {
    this.client = client;
    this.request = request;
  }

  /**
   * Makes one C-MOVE.
   *
   * @return the last answer
   * @throws ModalityException if none came
   * @throws InterruptedException if the thread is interrupted: the C-MOVE was cancelled then, and
   *     if the peer did not say so, the association aborted
   */
  CMoveRsp move(int messageId, DataSet identifier) throws IOException, InterruptedException {
    FutureTask<CMoveRsp> answer = new FutureTask<>(() -> perform(messageId, identifier));
    Thread waiting = Thread.ofVirtual().name("c-move").start(answer);
    try {
      return result(answer);
    } catch (InterruptedException e) {
      CMoveRsp last = cancelled(answer, messageId);
      if (last != null && last.status().equals(Status.SUCCESS)) {
        return last;
      }
      if (last == null) {
        abort();
        waiting.interrupt();
      }
      throw e;
    }
  }

  private static CMoveRsp result(FutureTask<CMoveRsp> answer)
      throws IOException, InterruptedException {
    try {
      return answer.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException cause -> throw cause;
        case RuntimeException cause -> throw cause;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  /** Cancels; returns the last answer, null if there is none in time. */
  private @Nullable CMoveRsp cancelled(FutureTask<CMoveRsp> answer, int messageId) {
    ModalityAssociation open = association;
    try {
      if (open != null) {
        PresentationContext context = context(open);
        open.during(
            OPERATION,
            peer -> {
              peer.cancel(context, messageId);
              return true;
            });
      }
      return answer.get(GRACE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (IOException | ExecutionException | TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  private CMoveRsp perform(int messageId, DataSet identifier) throws IOException {
    AtomicBoolean answered = new AtomicBoolean();
    ModalityAssociation kept = association;
    if (kept != null) {
      try {
        return perform(kept, messageId, identifier, answered);
      } catch (ModalityException.Broken e) {
        abort();
        if (answered.get() || e.end() != ModalityException.Broken.End.CLOSED) {
          throw e;
        }
        // The peer had enough of the association after the last C-MOVE.
      }
    }
    ModalityAssociation fresh =
        client.open(
            request.modality(),
            request.call(),
            QueryClient.contexts(
                Uid.PatientRootQueryRetrieveInformationModelMove,
                Uid.StudyRootQueryRetrieveInformationModelMove));
    association = fresh;
    try {
      return perform(fresh, messageId, identifier, answered);
    } catch (IOException e) {
      abort();
      throw e;
    }
  }

  private CMoveRsp perform(
      ModalityAssociation open, int messageId, DataSet identifier, AtomicBoolean answered)
      throws IOException {
    PresentationContext context = context(open);
    return open.during(
        OPERATION,
        peer ->
            peer.move(
                context,
                messageId,
                request.target(),
                out -> Identifier.write(identifier, context.transferSyntax(), out),
                _ -> answered.set(true)));
  }

  /** The Study Root model, or the other one if the peer knows only that. */
  private PresentationContext context(ModalityAssociation open) throws ModalityException {
    return open.context(Uid.StudyRootQueryRetrieveInformationModelMove)
        .or(() -> open.context(Uid.PatientRootQueryRetrieveInformationModelMove))
        .orElseThrow(() -> new ModalityException.NotServed(request.modality(), OPERATION));
  }

  private void abort() {
    ModalityAssociation open = association;
    association = null;
    if (open != null) {
      open.close();
    }
  }

  /** Releases the association, if there is one. */
  @Override
  public void close() {
    ModalityAssociation open = association;
    association = null;
    if (open != null) {
      open.release();
    }
  }
}
