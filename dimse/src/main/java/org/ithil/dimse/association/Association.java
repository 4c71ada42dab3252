package org.ithil.dimse.association;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ithil.dimse.pdu.UserInformation;

/**
 * What the two ends of an association have agreed on.
 *
 * @param callingAet title of the requestor, without blanks around
 * @param calledAet title that the requestor asked for, without blanks around
 * @param peerAddress network address of the other end
 * @param contexts accepted ones, in the order proposed
 * @param peer user information of the other end (maximum length, implementation, extended
 *     negotiation, user identity)
 */
public record Association(
    String callingAet,
    String calledAet,
    InetAddress peerAddress,
    List<PresentationContext> contexts,
    UserInformation peer) {
  public Association {
    contexts = List.copyOf(contexts);
  }

  /** The accepted context with a number. */
  public Optional<PresentationContext> context(int id) {
    for (PresentationContext context : contexts) {
      if (context.id() == id) {
        return Optional.of(context);
      }
    }
    return Optional.empty();
  }

  /** The first accepted context for a SOP class with a transfer syntax. */
  public Optional<PresentationContext> context(String abstractSyntax, String transferSyntax) {
    return contexts.stream()
        .filter(c -> c.abstractSyntax().equals(abstractSyntax))
        .filter(c -> c.transferSyntax().uid().equals(transferSyntax))
        .findFirst();
  }
}
