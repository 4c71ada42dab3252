package org.ithil.services.access;

import java.util.EnumSet;
import java.util.Set;
import org.ithil.services.modality.Operation;

/**
 * Who may associate and ask for what.
 *
 * @param checkCalledAet whether the called title must be ours (key {@code DicomCheckCalledAet})
 * @param checkModalityHost whether the caller's address must be that of its modality (key {@code
 *     DicomCheckModalityHost})
 * @param strictAetComparison whether upper and lower case differ in titles (key {@code
 *     StrictAetComparison})
 * @param alwaysAllowed what everybody may ask for (keys {@code DicomAlwaysAllow...}); never
 *     N_ACTION and N_EVENT_REPORT
 */
public record AccessRules(
    boolean checkCalledAet,
    boolean checkModalityHost,
    boolean strictAetComparison,
    Set<Operation> alwaysAllowed) {
  /** Echo and store are free, the rest is for known modalities. */
  public static final AccessRules DEFAULT =
      new AccessRules(false, false, false, EnumSet.of(Operation.ECHO, Operation.STORE));

  public AccessRules {
    alwaysAllowed = Set.copyOf(alwaysAllowed);
    if (alwaysAllowed.contains(Operation.N_ACTION)
        || alwaysAllowed.contains(Operation.N_EVENT_REPORT)) {
      throw new IllegalArgumentException("storage commitment is for known modalities only");
    }
  }
}
