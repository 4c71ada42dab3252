package org.ithil.archive.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.Test;

/** Names as they are recorded in scenario archive-names. */
class FolderNamesTest {
  private final FolderNames ascii = new FolderNames(false);
  private final FolderNames utf8 = new FolderNames(true);

  private static Map<Integer, String> series(String number, String modality, String description) {
    return Map.of(
        Tag.SeriesNumber, number, Tag.Modality, modality, Tag.SeriesDescription, description);
  }

  @Test
  void joins_what_there_is() {
    assertThat(ascii.series(series("300", "SEG", "Segmentation")))
        .isEqualTo("300 - SEG - Segmentation");
    assertThat(ascii.series(series("", "OT", ""))).isEqualTo("OT");
    assertThat(ascii.study(Map.of(Tag.StudyDescription, "D"))).isEqualTo("D");
    assertThat(ascii.study(Map.of(Tag.AccessionNumber, "X", Tag.StudyDescription, "D")))
        .isEqualTo("X - D");
  }

  @Test
  void keeps_the_place_of_an_empty_patient_identifier() {
    assertThat(ascii.patient(Map.of(Tag.PatientName, "Last Name^First Name")))
        .isEqualTo("- Last Name^First Name");
    assertThat(ascii.patient(Map.of(Tag.PatientID, "R"))).isEqualTo("R");
  }

  @Test
  void says_that_nothing_is_known() {
    assertThat(ascii.patient(Map.of(Tag.PatientID, "", Tag.PatientName, "")))
        .isEqualTo("Unknown Patient");
    assertThat(ascii.study(Map.of())).isEqualTo("Unknown Study");
    assertThat(ascii.study(Map.of(Tag.StudyDescription, "^^"))).isEqualTo("Unknown Study");
    assertThat(ascii.series(Map.of())).isEqualTo("Unknown Series");
  }

  @Test
  void drops_what_is_not_ASCII_unless_it_may_stay() {
    Map<Integer, String> tags = Map.of(Tag.PatientID, "SCSFREN", Tag.PatientName, "Buc^Jérôme");
    assertThat(ascii.patient(tags)).isEqualTo("SCSFREN - Buc^Jrme");
    assertThat(utf8.patient(tags)).isEqualTo("SCSFREN - Buc^Jérôme");
    assertThat(ascii.patient(Map.of(Tag.PatientID, "SCSGREEK", Tag.PatientName, "Διονυσιος")))
        .isEqualTo("SCSGREEK -");
    assertThat(ascii.series(series("", "OT", "éè"))).isEqualTo("OT -");
  }

  @Test
  void makes_blanks_of_what_paths_cannot_have() {
    assertThat(ascii.series(series("", "OT", "a/b\\c:d*e?f\"g<h>i|j")))
        .isEqualTo("OT - a b c d e f g h i j");
    assertThat(ascii.series(series("", "mrq", "  spaces  inside  ")))
        .isEqualTo("mrq - spaces inside");
    assertThat(ascii.series(series("", "OT", "tab\tnew\nline"))).isEqualTo("OT - tabnew line");
    assertThat(ascii.series(series("abc", "OT", "$&%#@!;,+=~`'^()[]{}")))
        .isEqualTo("abc - OT - $&%#@!;,+=~`'^()[]{}");
    assertThat(ascii.study(Map.of(Tag.StudyDescription, ":"))).isEmpty();
    assertThat(ascii.patient(Map.of(Tag.PatientID, "/", Tag.PatientName, "\\"))).isEqualTo("-");
  }

  @Test
  void leaves_dots_but_never_names_a_folder_above() {
    assertThat(ascii.series(series("", "OT", "..."))).isEqualTo("OT - ...");
    assertThat(ascii.patient(Map.of(Tag.PatientID, ".."))).isEqualTo("Unknown Patient");
    assertThat(utf8.study(Map.of(Tag.StudyDescription, " ..\t"))).isEqualTo("Unknown Study");
    assertThat(ascii.study(Map.of(Tag.AccessionNumber, "."))).isEqualTo("Unknown Study");
  }

  @Test
  void gives_no_name_twice() {
    var taken = new FolderNames.Taken();
    assertThat(taken.unique("Same")).isEqualTo("Same");
    assertThat(taken.unique("same")).isEqualTo("same");
    assertThat(taken.unique("Same")).isEqualTo("Same-2");
    assertThat(taken.unique("Same-2")).isEqualTo("Same-2-2");
    assertThat(taken.unique("Same")).isEqualTo("Same-3");
  }
}
