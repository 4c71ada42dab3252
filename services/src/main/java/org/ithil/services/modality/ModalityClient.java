package org.ithil.services.modality;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.ithil.dimse.scu.AssociationRequest;
import org.ithil.dimse.scu.ClientAssociation;

/** Makes associations with modalities. Safe for concurrent use. */
public final class ModalityClient {
  private final Rules rules;
  private final SocketFactory sockets;

  /**
   * How others are called.
   *
   * @param aet our title, where neither the modality nor the request names another
   * @param timeout how long each answer may take (key {@code DicomScuTimeout}); zero = for ever
   * @param limits of the connections; their silence is replaced by the timeout
   */
  public record Rules(String aet, Duration timeout, WireLimits limits) {
    /** Those of the reference for a title. */
    public static Rules of(String aet) {
      return new Rules(aet, Duration.ofSeconds(10), WireLimits.DEFAULT);
    }
  }

  /**
   * How one call is to be made.
   *
   * @param localAet our title in it; empty: that which the modality wants, else our usual one
   * @param timeout limit of each answer, zero = for ever; empty: that of the modality, else the
   *     usual one
   */
  public record Call(Optional<String> localAet, Optional<Duration> timeout) {
    /** As the configuration says. */
    public static final Call USUAL = new Call(Optional.empty(), Optional.empty());
  }

  public ModalityClient(Rules rules, SocketFactory sockets) {
    this.rules = rules;
    this.sockets = sockets;
  }

  public Rules rules() {
    return rules;
  }

  /** Our title in a call. */
  public String localAet(Modality modality, Call call) {
    return call.localAet()
        .orElseGet(() -> modality.localAet().isEmpty() ? rules.aet() : modality.localAet());
  }

  /** The limit of each answer in a call; zero = for ever. */
  public Duration timeout(Modality modality, Call call) {
    return call.timeout()
        .orElseGet(() -> modality.timeout().isZero() ? rules.timeout() : modality.timeout());
  }

  /**
   * Makes an association.
   *
   * @param contexts at most 128, with odd identifiers
   * @throws ModalityException if none is made, or nothing was accepted
   */
  public ModalityAssociation open(Modality modality, Call call, List<ProposedContext> contexts)
      throws IOException {
    return open(modality, call, contexts, List.of());
  }

  /**
   * Makes an association with other roles than the default ones.
   *
   * @throws ModalityException if none is made, or nothing was accepted
   */
  public ModalityAssociation open(
      Modality modality, Call call, List<ProposedContext> contexts, List<RoleSelection> roles)
      throws IOException {
    if (modality.useTls()) {
      throw new ModalityException.NoEncryption(modality);
    }
    Duration timeout = timeout(modality, call);
    WireLimits limits = rules.limits().withSilence(timeout);
    AssociationRequest request =
        new AssociationRequest(
            modality.host(),
            modality.port(),
            localAet(modality, call),
            modality.aet(),
            contexts,
            roles,
            List.of(),
            timeout,
            limits);
    ClientAssociation client;
    try {
      client = ClientAssociation.open(request, sockets);
    } catch (DimseException e) {
      throw new ModalityException.NoAssociation(modality, e);
    }
    ModalityAssociation association = new ModalityAssociation(modality, client);
    if (client.association().contexts().isEmpty()) {
      association.release();
      throw new ModalityException.NothingAccepted(modality);
    }
    return association;
  }
}
