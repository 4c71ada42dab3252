package org.ithil.services.access;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ithil.dimse.association.Rejection;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.Operation;

/** Applies the rules to callers. Safe for concurrent use. */
public final class Access {
  private final String ownAet;
  private final AccessRules rules;
  private final Modalities modalities;

  public Access(String ownAet, AccessRules rules, Modalities modalities) {
    this.ownAet = ownAet;
    this.rules = rules;
    this.modalities = modalities;
  }

  /** Why an association is to be rejected: the called title is looked at first. */
  public Optional<Rejection> admit(String calledAet, String callingAet, InetAddress address) {
    if (rules.checkCalledAet() && !isSame(calledAet, ownAet)) {
      return Optional.of(Rejection.CALLED_AET_NOT_RECOGNIZED);
    }
    if (rules.alwaysAllowed().isEmpty() && known(callingAet, address).isEmpty()) {
      return Optional.of(Rejection.CALLING_AET_NOT_RECOGNIZED);
    }
    return Optional.empty();
  }

  /**
   * Whether a caller may ask for something. If several modalities have its title, all of them must
   * be allowed to.
   */
  public boolean permits(Operation operation, String callingAet, InetAddress address) {
    if (rules.alwaysAllowed().contains(operation)) {
      return true;
    }
    List<Modality> known = known(callingAet, address);
    return !known.isEmpty()
        && known.stream().allMatch(modality -> modality.allowed().contains(operation));
  }

  /** Whether two titles name the same application entity. */
  public boolean isSame(String aet, String other) {
    String left = aet.strip();
    String right = other.strip();
    return rules.strictAetComparison() ? left.equals(right) : left.equalsIgnoreCase(right);
  }

  private List<Modality> known(String aet, InetAddress address) {
    return modalities.list().stream()
        .filter(modality -> isSame(modality.aet(), aet))
        .filter(modality ->
            !rules.checkModalityHost() || modality.host().equals(address.getHostAddress()))
        .toList();
  }
}
