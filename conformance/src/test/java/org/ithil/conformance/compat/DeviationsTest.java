package org.ithil.conformance.compat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeviationsTest {
  @Test
  void reads_the_steps_of_the_first_column() {
    String page =
        """
        # Deviations
        Text about upload/other is no row.

        | scenario/step | reference | Ithil | why |
        |---|---|---|---|
        | `tags-charset/greek` | wrong text | right text | see tags-vr/none |
        | upload/a, upload/b | 500 | 400 | a crash |
        | `Name`, `DicomAet` | ORTHANC | ITHIL | our name |
        """;
    assertThat(Deviations.read(page)).containsExactly("tags-charset/greek", "upload/a", "upload/b");
  }
}
