package org.ithil.services.sending;

import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dimse.association.DataSetBody;
import org.ithil.dimse.association.PresentationContext;
import org.ithil.dimse.message.Command.MoveOriginator;
import org.ithil.dimse.message.Status;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityAssociation;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;
import org.ithil.services.sending.Outgoing.Need;
import org.jspecify.annotations.Nullable;

/**
 * Sends instances to one modality, one after another, over one association as long as it has what
 * they need. For one thread.
 */
public final class Sender implements Closeable {
  private static final String OPERATION = "C-STORE";

  /** As often it is tried in a row to make an association. */
  private static final int ATTEMPTS = 3;

  private final ModalityClient client;
  private final Modality modality;
  private final ModalityClient.Call call;
  private final boolean transcoding;
  private final String preferredSyntax;
  private @Nullable ModalityAssociation association;
  private @Nullable Proposal plan;
  private int failedAttempts;

  private Sender(
      ModalityClient client,
      Modality modality,
      ModalityClient.Call call,
      boolean transcoding,
      String preferredSyntax) {
    this.client = client;
    this.modality = modality;
    this.call = call;
    this.transcoding = transcoding;
    this.preferredSyntax = preferredSyntax;
  }

  /** One that brings instances into an encoding that the modality takes, if that is allowed. */
  static Sender of(
      ModalityClient client, Modality modality, ModalityClient.Call call, SendingRules rules) {
    return new Sender(
        client,
        modality,
        call,
        rules.transcoding() && modality.allowTranscoding(),
        rules.preferredSyntax());
  }

  /** One that sends files as they are. */
  public static Sender straight(
      ModalityClient client, Modality modality, ModalityClient.Call call) {
    return new Sender(client, modality, call, false, TransferSyntax.EXPLICIT_LE.uid());
  }

  /** Sends one instance alone. */
  public void send(Outgoing instance) throws IOException {
    send(instance, Optional.empty(), List::of);
  }

  /**
   * Sends an instance and awaits the answer.
   *
   * @param originator who asked for it by C-MOVE
   * @param upcoming what later instances need; asked for when an association is made
   * @throws ModalityException if the modality does not take it
   */
  void send(
      Outgoing instance,
      Optional<MoveOriginator> originator,
      Supplier<? extends Collection<Need>> upcoming)
      throws IOException {
    if (!instance.isIdentified()) {
      throw new ModalityException.Unidentified(modality);
    }
    ModalityAssociation current = associate(instance.need(), upcoming);
    TransferSyntax syntax = choose(current, instance);
    DataSetBody body =
        syntax.uid().equals(instance.syntax().uid()) ? instance.asItIs() : instance.in(syntax);
    Status status;
    try {
      status =
          current.during(
              OPERATION,
              over ->
                  over.store(
                      instance.sopClass(), instance.sopInstance(), syntax.uid(), originator, body));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
    current.check(OPERATION, status);
  }

  private ModalityAssociation associate(Need need, Supplier<? extends Collection<Need>> upcoming)
      throws IOException {
    if (association != null && plan != null) {
      if (plan.covers(need)) {
        return association;
      }
      release();
    }
    java.util.LinkedHashSet<Need> needs = new java.util.LinkedHashSet<>();
    needs.add(need);
    needs.addAll(upcoming.get());
    Proposal next = new Proposal(needs);
    ModalityAssociation made;
    try {
      made = client.open(modality, call, next.contexts());
    } catch (ModalityException.NoAssociation e) {
      failedAttempts++;
      throw e;
    }
    failedAttempts = 0;
    association = made;
    plan = next;
    return made;
  }

  /** Whether the modality did not let itself be reached several times in a row. */
  boolean isHopeless() {
    return failedAttempts >= ATTEMPTS;
  }

  /** In which of the accepted transfer syntaxes the instance is to be sent. */
  private TransferSyntax choose(ModalityAssociation current, Outgoing instance)
      throws ModalityException {
    List<TransferSyntax> accepted =
        current.contexts().stream()
            .filter(context -> context.abstractSyntax().equals(instance.sopClass()))
            .map(PresentationContext::transferSyntax)
            .distinct()
            .toList();
    String own = instance.syntax().uid();
    for (TransferSyntax syntax : accepted) {
      if (syntax.uid().equals(own)) {
        return syntax;
      }
    }
    if (!transcoding) {
      throw new ModalityException.ClassRefused(modality, instance.sopClass(), own);
    }
    if (accepted.isEmpty()) {
      throw new ModalityException.ClassRefused(modality, instance.sopClass(), null);
    }
    List<TransferSyntax> plain =
        accepted.stream().filter(syntax -> !syntax.encapsulated()).toList();
    if (instance.syntax().encapsulated() || plain.isEmpty()) {
      throw new ModalityException.CannotTranscode(
          modality, instance.sopClass(), own, accepted.stream().map(TransferSyntax::uid).toList());
    }
    return plain.stream()
        .filter(syntax -> syntax.uid().equals(preferredSyntax))
        .findFirst()
        .orElse(plain.getFirst());
  }

  /** Releases the association, if there is one. */
  public void release() {
    ModalityAssociation last = association;
    association = null;
    plan = null;
    if (last != null) {
      last.release();
    }
  }

  /** Releases the association, if there is one, without waiting for the modality. */
  void releaseLater() {
    ModalityAssociation last = association;
    association = null;
    plan = null;
    if (last != null) {
      Thread.ofVirtual().name("dicom-release").start(last::release);
    }
  }

  /** Aborts the association, if there is one. */
  @Override
  public void close() {
    ModalityAssociation last = association;
    association = null;
    plan = null;
    if (last != null) {
      last.close();
    }
  }
}
