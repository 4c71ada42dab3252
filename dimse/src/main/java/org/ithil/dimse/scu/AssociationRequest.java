package org.ithil.dimse.scu;

import java.time.Duration;
import java.util.List;
import org.ithil.dimse.association.WireLimits;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.ExtendedNegotiation;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;

/**
 * Whom to ask for an association, and for what.
 *
 * @param host name or address
 * @param port TCP port
 * @param callingAet own title
 * @param calledAet the other's title
 * @param contexts at most 128, with different odd identifiers
 * @param roles other roles than the default ones
 * @param extended extended negotiations
 * @param connectTimeout limit of making the TCP connection; zero = the system's
 * @param limits of the connection; its silence is the time that each answer may take
 */
public record AssociationRequest(
    String host,
    int port,
    String callingAet,
    String calledAet,
    List<ProposedContext> contexts,
    List<RoleSelection> roles,
    List<ExtendedNegotiation> extended,
    Duration connectTimeout,
    WireLimits limits) {
  private static final int MOST_CONTEXTS = 128;

  public AssociationRequest {
    contexts = List.copyOf(contexts);
    roles = List.copyOf(roles);
    extended = List.copyOf(extended);
    if (contexts.isEmpty() || contexts.size() > MOST_CONTEXTS) {
      throw new IllegalArgumentException(contexts.size() + " presentation contexts");
    }
  }

  /** Without roles and extended negotiation, 10 s for each wait. */
  public static AssociationRequest of(
      String host, int port, String callingAet, String calledAet, List<ProposedContext> contexts) {
    Duration wait = Duration.ofSeconds(10);
    return new AssociationRequest(
        host,
        port,
        callingAet,
        calledAet,
        contexts,
        List.of(),
        List.of(),
        wait,
        WireLimits.DEFAULT.withSilence(wait));
  }

  /** The same with other limits. */
  public AssociationRequest withLimits(WireLimits newLimits) {
    return new AssociationRequest(
        host, port, callingAet, calledAet, contexts, roles, extended, connectTimeout, newLimits);
  }

  /** The same with role selections. */
  public AssociationRequest withRoles(List<RoleSelection> newRoles) {
    return new AssociationRequest(
        host, port, callingAet, calledAet, contexts, newRoles, extended, connectTimeout, limits);
  }
}
