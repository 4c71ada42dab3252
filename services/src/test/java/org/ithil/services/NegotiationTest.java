package org.ithil.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ithil.services.OpenEntity.BIG_ENDIAN;
import static org.ithil.services.OpenEntity.COMMITMENT;
import static org.ithil.services.OpenEntity.CT;
import static org.ithil.services.OpenEntity.EXPLICIT;
import static org.ithil.services.OpenEntity.FIND;
import static org.ithil.services.OpenEntity.IMPLICIT;
import static org.ithil.services.OpenEntity.MR;
import static org.ithil.services.OpenEntity.VERIFICATION;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ithil.dimse.pdu.ContextResult;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.dimse.pdu.UserInformation.RoleSelection;
import org.ithil.services.access.Access;
import org.ithil.services.access.AccessRules;
import org.ithil.services.modality.Modalities;
import org.ithil.services.storage.StorageAcceptance;
import org.ithil.services.storage.StorageRules;
import org.junit.jupiter.api.Test;

/** PS3.8 7.1.1.14 and PS3.7 D.3.3.4, as the reference does it. */
class NegotiationTest {
  private static final String JPEG = "1.2.840.10008.1.2.4.50";
  private static final String HTJ2K = "1.2.840.10008.1.2.4.201";
  private static final String WORKLIST = "1.2.840.10008.5.1.4.31";
  private static final String MPPS = "1.2.840.10008.3.1.2.3.3";

  private final NetworkPolicy policy = policy(false);

  @Test
  void storage_takes_the_first_acceptable_syntax_of_the_requestor() {
    assertThat(chosen(MR, JPEG, IMPLICIT, EXPLICIT)).isEqualTo(JPEG);
    assertThat(chosen(MR, IMPLICIT, EXPLICIT)).isEqualTo(IMPLICIT);
    assertThat(chosen(MR, BIG_ENDIAN, EXPLICIT)).isEqualTo(BIG_ENDIAN);
    assertThat(chosen(MR, HTJ2K, IMPLICIT)).isEqualTo(IMPLICIT);
  }

  @Test
  void other_services_take_the_syntax_that_we_prefer() {
    for (String sopClass : List.of(VERIFICATION, FIND, COMMITMENT)) {
      assertThat(chosen(sopClass, JPEG, IMPLICIT, EXPLICIT)).isEqualTo(EXPLICIT);
      assertThat(chosen(sopClass, IMPLICIT, BIG_ENDIAN)).isEqualTo(BIG_ENDIAN);
      assertThat(chosen(sopClass, HTJ2K, IMPLICIT)).isEqualTo(IMPLICIT);
    }
  }

  @Test
  void what_is_refused_says_why_as_the_reference_does() {
    assertThat(result(MR, HTJ2K)).isEqualTo(ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    assertThat(result(FIND, JPEG)).isEqualTo(ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED);
    assertThat(result(FIND)).isEqualTo(ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED);
    assertThat(result("1.2.3", IMPLICIT)).isEqualTo(ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    assertThat(result(MPPS, IMPLICIT)).isEqualTo(ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
  }

  @Test
  void worklists_are_accepted_only_where_there_are_some() {
    assertThat(result(WORKLIST, IMPLICIT)).isEqualTo(ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED);
    assertThat(
            policy(true)
                .negotiate(new ProposedContext(1, WORKLIST, List.of(IMPLICIT)))
                .accepted())
        .isTrue();
  }

  @Test
  void roles_are_taken_as_proposed_for_storage_and_commitment_only() {
    for (String sopClass : List.of(CT, COMMITMENT)) {
      for (RoleSelection role :
          List.of(
              new RoleSelection(sopClass, false, true),
              new RoleSelection(sopClass, true, false),
              new RoleSelection(sopClass, true, true))) {
        assertThat(policy.role(role)).contains(role);
      }
    }
    assertThat(policy.role(new RoleSelection(CT, false, false)))
        .contains(new RoleSelection(CT, true, true));
    assertThat(policy.role(new RoleSelection(FIND, false, true))).isEmpty();
    assertThat(policy.role(new RoleSelection(VERIFICATION, true, true))).isEmpty();
  }

  @Test
  void titles_of_our_own_are_checked() {
    for (String bad : List.of("", "   ", "SEVENTEEN-LETTERS", "BACK\\SLASH", "TAB\tTAB")) {
      Optional<Exception> refused = Optional.empty();
      try {
        new DicomConfiguration(
            bad,
            false,
            DicomConfiguration.DEFAULT.listening(),
            AccessRules.DEFAULT,
            StorageRules.DEFAULT);
      } catch (IllegalArgumentException e) {
        refused = Optional.of(e);
      }
      assertThat(refused).as(bad).isPresent();
    }
  }

  private String chosen(String sopClass, String... syntaxes) {
    ContextResult result = policy.negotiate(new ProposedContext(1, sopClass, List.of(syntaxes)));
    assertThat(result.accepted()).isTrue();
    return result.transferSyntax();
  }

  private int result(String sopClass, String... syntaxes) {
    return policy.negotiate(new ProposedContext(7, sopClass, List.of(syntaxes))).result();
  }

  private static NetworkPolicy policy(boolean worklist) {
    return new NetworkPolicy(
        new Access("OWN", AccessRules.DEFAULT, new Modalities(Map.of())),
        new StorageAcceptance(StorageRules.DEFAULT),
        worklist);
  }
}
