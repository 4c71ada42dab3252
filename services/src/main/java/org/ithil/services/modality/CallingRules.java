package org.ithil.services.modality;

import java.time.Duration;
import org.ithil.dimse.association.WireLimits;

/**
 * How we call others.
 *
 * @param aet our title, where neither the modality nor the request names another
 * @param timeout how long each answer may take (key {@code DicomScuTimeout}); zero = for ever
 * @param closeDelay how long an association stays open for the next instance (key {@code
 *     DicomAssociationCloseDelay})
 * @param limits of the connections; their silence is replaced by the timeout
 */
public record CallingRules(String aet, Duration timeout, Duration closeDelay, WireLimits limits) {
  /** Those of the reference for a title. */
  public static CallingRules of(String aet) {
    return new CallingRules(aet, Duration.ofSeconds(10), Duration.ofSeconds(5), WireLimits.DEFAULT);
  }
}
