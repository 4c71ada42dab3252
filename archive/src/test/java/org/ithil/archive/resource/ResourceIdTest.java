package org.ithil.archive.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
  @Test
  void of_a_patient_is_the_sha_1_of_its_id() {
    assertThat(ResourceId.ofPatient(""))
        .hasToString("da39a3ee-5e6b4b0d-3255bfef-95601890-afd80709");
    assertThat(ResourceId.ofPatient("SCSFREN"))
        .hasToString("5ff22dfc-e58df7b4-0554e008-5a405d17-ae53e1db");
  }

  @Test
  void text_that_is_not_ascii_counts_as_utf_8() {
    assertThat(ResourceId.ofPatient("Zoé"))
        .hasToString("cdbcbe21-cb5115c8-6fbb1740-aae8cbc4-3d9226ad");
  }

  @Test
  void of_an_instance_joins_all_identifiers() {
    assertThat(
            ResourceId.ofInstance(
                "SCSFREN",
                "1.3.6.1.4.1.5962.1.2.0.1175775772.5720.0",
                "1.3.6.1.4.1.5962.1.3.0.1.1175775772.5720.0",
                "1.3.6.1.4.1.5962.1.1.0.1.1.1175775772.5720.0"))
        .hasToString("ab5f078b-d685e005-601c0dd4-7393b415-1ea0f441");
  }

  @Test
  void reads_what_it_writes() {
    Random random = new Random(1);
    for (int i = 0; i < 1000; i++) {
      ResourceId id = new ResourceId(random.nextLong(), random.nextLong(), random.nextInt());
      assertThat(ResourceId.parse(id.toString())).contains(id);
      assertThat(ResourceId.of(id.bytes())).isEqualTo(id);
    }
  }

  @Test
  void is_ordered_as_its_text() {
    Random random = new Random(2);
    List<ResourceId> ids =
        Stream.generate(
                () -> new ResourceId(random.nextLong(), random.nextLong(), random.nextInt()))
            .limit(500)
            .toList();
    assertThat(ids.stream().sorted().map(ResourceId::toString))
        .isEqualTo(ids.stream().map(ResourceId::toString).sorted().toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "DA39A3EE-5e6b4b0d-3255bfef-95601890-afd80709",
        "da39a3ee-5e6b4b0d-3255bfef-95601890-afd8070",
        "da39a3ee-5e6b4b0d-3255bfef-95601890-afd807090",
        "da39a3ee5-e6b4b0d-3255bfef-95601890-afd80709",
        "da39a3eg-5e6b4b0d-3255bfef-95601890-afd80709",
        "da39a3ee-5e6b4b0d-3255bfef-95601890-afd8070\u0669"
      })
  void other_text_is_none(String text) {
    assertThat(ResourceId.parse(text)).isEmpty();
  }
}
