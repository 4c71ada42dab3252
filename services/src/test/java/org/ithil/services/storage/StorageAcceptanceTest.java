package org.ithil.services.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ithil.dimse.pdu.ProposedContext;
import org.ithil.services.storage.StorageRules.SyntaxGroup;
import org.junit.jupiter.api.Test;

/** Keys AcceptedTransferSyntaxes, ...TransferSyntaxAccepted, AcceptedSopClasses and so on. */
class StorageAcceptanceTest {
  private static final String IMPLICIT = "1.2.840.10008.1.2";
  private static final String EXPLICIT = "1.2.840.10008.1.2.1";
  private static final String JPEG_LS = "1.2.840.10008.1.2.4.80";
  private static final String RLE = "1.2.840.10008.1.2.5";
  private static final String MR = "1.2.840.10008.5.1.4.1.1.4";
  private static final String LABEL_MAP = "1.2.840.10008.5.1.4.1.1.66.7";
  private static final String HANGING_PROTOCOL = "1.2.840.10008.5.1.4.38.1";

  @Test
  void by_default_all_is_accepted_that_the_reference_accepts() throws IOException {
    Optional<Path> recorded =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve("shared/compat/expected/dimse-store.json"))
            .filter(Files::exists)
            .findFirst();
    assumeTrue(recorded.isPresent(), "../shared is not there");
    String json = Files.readString(recorded.get());
    StorageAcceptance acceptance = new StorageAcceptance(StorageRules.DEFAULT);
    assertThat(acceptance.sopClasses()).isEqualTo(recordedList(json, "accepted-classes"));
    assertThat(acceptance.transferSyntaxes()).isEqualTo(recordedList(json, "set-all"));
  }

  @Test
  void syntaxes_may_be_given_by_patterns() {
    StorageAcceptance acceptance =
        acceptance(List.of(EXPLICIT, "1.2.840.10008.1.2.4.8?"), Map.of());
    assertThat(acceptance.transferSyntaxes())
        .containsExactly(EXPLICIT, JPEG_LS, "1.2.840.10008.1.2.4.81");
    acceptance.acceptTransferSyntaxes(List.of("1.2.3", "*.2.5"));
    assertThat(acceptance.transferSyntaxes()).containsExactly(RLE);
    acceptance.acceptTransferSyntaxes(List.of());
    assertThat(acceptance.transferSyntaxes()).isEmpty();
  }

  @Test
  void a_dot_in_a_pattern_is_a_dot() {
    assertThat(acceptance(List.of("1.2.840.10008.1.2.4a8?"), Map.of()).transferSyntaxes())
        .isEmpty();
    assertThat(acceptance(List.of("1?2.840.10008.1.2"), Map.of()).transferSyntaxes())
        .containsExactly(IMPLICIT);
  }

  @Test
  void groups_are_added_and_taken_off_afterwards() {
    assertThat(
            acceptance(
                    List.of(EXPLICIT), Map.of(SyntaxGroup.RLE, true, SyntaxGroup.DEFLATED, false))
                .transferSyntaxes())
        .containsExactly(EXPLICIT, RLE);
    assertThat(
            acceptance(List.of(EXPLICIT, JPEG_LS), Map.of(SyntaxGroup.JPEG_LOSSLESS, false))
                .transferSyntaxes())
        .containsExactly(EXPLICIT);
  }

  @Test
  void each_group_has_its_syntaxes() {
    Map<SyntaxGroup, Integer> sizes =
        Map.of(
            SyntaxGroup.DEFLATED, 1,
            SyntaxGroup.JPEG, 18,
            SyntaxGroup.JPEG_2000, 4,
            SyntaxGroup.JPEG_LOSSLESS, 2,
            SyntaxGroup.MPEG_2, 2,
            SyntaxGroup.MPEG_4, 5,
            SyntaxGroup.RLE, 1,
            SyntaxGroup.JPIP, 2,
            SyntaxGroup.HEVC, 2);
    for (SyntaxGroup group : SyntaxGroup.values()) {
      assertThat(acceptance(List.of(), Map.of(group, true)).transferSyntaxes())
          .as(group.key())
          .hasSize(sizes.get(group));
    }
  }

  @Test
  void the_first_acceptable_syntax_is_chosen() {
    StorageAcceptance acceptance = acceptance(List.of(EXPLICIT, IMPLICIT), Map.of());
    assertThat(
            acceptance.chooseTransferSyntax(
                new ProposedContext(1, MR, List.of(RLE, IMPLICIT, EXPLICIT))))
        .contains(IMPLICIT);
    assertThat(acceptance.chooseTransferSyntax(new ProposedContext(1, MR, List.of(RLE)))).isEmpty();
  }

  @Test
  void unknown_classes_are_accepted_only_if_wanted() {
    StorageAcceptance acceptance = new StorageAcceptance(StorageRules.DEFAULT);
    assertThat(acceptance.acceptsSopClass("1.2.3")).isFalse();
    assertThat(acceptance.acceptsSopClass(LABEL_MAP)).isFalse();
    acceptance.acceptUnknownSopClass(true);
    assertThat(acceptance.acceptsSopClass("1.2.3")).isTrue();
    assertThat(acceptance.acceptsSopClass(LABEL_MAP)).isTrue();
    assertThat(acceptance.acceptsSopClass(HANGING_PROTOCOL)).isFalse();
    assertThat(acceptance.acceptsSopClass(MR)).isTrue();
  }

  @Test
  void classes_may_be_chosen_and_rejected() {
    StorageAcceptance acceptance =
        new StorageAcceptance(
            new StorageRules(
                Optional.empty(),
                Map.of(),
                List.of("1.2.840.10008.5.1.4.1.1.4*", "1.2.3.4"),
                List.of("*.481.*", "1.2.840.10008.5.1.4.1.1.4"),
                false));
    assertThat(acceptance.sopClasses())
        .contains("1.2.840.10008.5.1.4.1.1.4.1", "1.2.3.4")
        .doesNotContain(MR)
        .noneMatch(uid -> uid.contains(".481."));
    assertThat(acceptance.transferSyntaxes()).contains(IMPLICIT, RLE);
  }

  private static StorageAcceptance acceptance(
      List<String> patterns, Map<SyntaxGroup, Boolean> groups) {
    return new StorageAcceptance(
        new StorageRules(Optional.of(patterns), groups, List.of(), List.of(), false));
  }

  private static List<String> recordedList(String json, String step) {
    int at = json.indexOf("\"" + step + "\"");
    int start = json.indexOf('[', at);
    Matcher uids =
        Pattern.compile("\"([0-9.]+)\"").matcher(json.substring(start, json.indexOf(']', start)));
    return uids.results().map(found -> found.group(1)).toList();
  }

  @Test
  void a_pattern_of_many_stars_costs_no_more_than_its_letters() {
    StorageAcceptance acceptance = new StorageAcceptance(StorageRules.DEFAULT);
    acceptance.acceptTransferSyntaxes(List.of("*".repeat(1000) + "x"));
    assertThat(acceptance.transferSyntaxes()).isEmpty();
    acceptance.acceptTransferSyntaxes(List.of("1.*.4.*8?"));
    assertThat(acceptance.transferSyntaxes()).contains(JPEG_LS).doesNotContain(IMPLICIT);
  }
}
