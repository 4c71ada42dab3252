package org.ithil.services.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.ithil.dimse.association.Rejection;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.Operation;
import org.junit.jupiter.api.Test;

/** Keys DicomCheckCalledAet, DicomCheckModalityHost, DicomAlwaysAllow..., StrictAetComparison. */
class AccessTest {
  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress THERE = InetAddress.ofLiteral("192.0.2.1");
  private static final Set<Operation> NOTHING = Set.of();

  private final Modalities modalities =
      new Modalities(Map.of("sink", Modality.of("SINK", "127.0.0.1", 104)));

  @Test
  void by_default_everybody_may_associate_echo_and_store() {
    Access access = new Access("OWN", AccessRules.DEFAULT, modalities);
    assertThat(access.admit("OTHER", "STRANGER", THERE)).isEmpty();
    assertThat(access.permits(Operation.ECHO, "STRANGER", THERE)).isTrue();
    assertThat(access.permits(Operation.STORE, "STRANGER", THERE)).isTrue();
    for (Operation operation : EnumSet.range(Operation.FIND, Operation.N_EVENT_REPORT)) {
      assertThat(access.permits(operation, "STRANGER", THERE)).isFalse();
      assertThat(access.permits(operation, "SINK", THERE)).isTrue();
    }
  }

  @Test
  void the_called_title_is_checked_first_if_at_all() {
    Access access = access(true, false, false, NOTHING);
    assertThat(access.admit("OTHER", "STRANGER", HERE))
        .contains(Rejection.CALLED_AET_NOT_RECOGNIZED);
    assertThat(access.admit("own   ", "STRANGER", HERE))
        .contains(Rejection.CALLING_AET_NOT_RECOGNIZED);
    assertThat(access.admit("OWN", "sink ", HERE)).isEmpty();
  }

  @Test
  void callers_are_checked_only_if_nothing_is_always_allowed() {
    assertThat(access(false, false, false, Set.of(Operation.GET)).admit("OWN", "STRANGER", HERE))
        .isEmpty();
    assertThat(access(false, false, false, NOTHING).admit("OWN", "STRANGER", HERE))
        .contains(Rejection.CALLING_AET_NOT_RECOGNIZED);
  }

  @Test
  void case_counts_when_comparison_is_strict() {
    Access access = access(true, false, true, NOTHING);
    assertThat(access.admit("own", "SINK", HERE)).contains(Rejection.CALLED_AET_NOT_RECOGNIZED);
    assertThat(access.admit("OWN", "sink", HERE)).contains(Rejection.CALLING_AET_NOT_RECOGNIZED);
    assertThat(access.admit("OWN ", "SINK  ", HERE)).isEmpty();
  }

  @Test
  void the_address_counts_when_hosts_are_checked() {
    Access access = access(false, true, false, NOTHING);
    assertThat(access.admit("OWN", "SINK", THERE)).contains(Rejection.CALLING_AET_NOT_RECOGNIZED);
    assertThat(access.admit("OWN", "SINK", HERE)).isEmpty();
  }

  @Test
  void a_modality_may_do_what_it_is_allowed_to_from_now_on() {
    Access access = access(false, false, false, Set.of(Operation.STORE));
    modalities.put(
        "lim", Modality.of("LIM", "127.0.0.1", 9).allowing(EnumSet.of(Operation.ECHO)));
    assertThat(access.permits(Operation.ECHO, "LIM", HERE)).isTrue();
    assertThat(access.permits(Operation.FIND, "LIM", HERE)).isFalse();
    assertThat(access.permits(Operation.STORE, "LIM", HERE)).as("always allowed").isTrue();
    assertThat(modalities.remove("lim")).isTrue();
    assertThat(access.permits(Operation.ECHO, "LIM", HERE)).isFalse();
  }

  @Test
  void of_two_with_one_title_both_must_be_allowed_or_the_one_with_the_address() {
    modalities.put("a", Modality.of("TWIN", "127.0.0.1", 9));
    modalities.put("b", Modality.of("TWIN", "192.0.2.1", 9).allowing(NOTHING));
    Access loose = access(false, false, false, NOTHING);
    assertThat(loose.permits(Operation.FIND, "TWIN", HERE)).isFalse();
    Access byAddress = access(false, true, false, NOTHING);
    assertThat(byAddress.permits(Operation.FIND, "TWIN", HERE)).isTrue();
    assertThat(byAddress.permits(Operation.FIND, "TWIN", THERE)).isFalse();
  }

  @Test
  void storage_commitment_is_never_free() {
    assertThatThrownBy(() -> new AccessRules(false, false, false, Set.of(Operation.N_ACTION)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Access access(
      boolean checkCalled, boolean checkHost, boolean strict, Set<Operation> always) {
    return new Access("OWN", new AccessRules(checkCalled, checkHost, strict, always), modalities);
  }
}
