package org.ithil.services.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.services.modality.Modality.Manufacturer;
import org.junit.jupiter.api.Test;

/** What becomes of keys on their way to a modality. */
class QueryKeysTest {
  @Test
  void keys_of_lower_levels_and_foreign_ones_are_dropped() {
    QueryKeys keys =
        keys(
            Level.STUDY,
            Map.of(
                Tag.PatientName,
                "A*",
                Tag.StudyDate,
                "2000-",
                Tag.ModalitiesInStudy,
                "MR",
                Tag.Modality,
                "CT",
                Tag.InstitutionName,
                "",
                Tag.RetrieveAETitle,
                "X",
                0x00091001,
                "private"));
    assertThat(keys.normalized(Manufacturer.GENERIC).texts())
        .isEqualTo(
            Map.of(
                Tag.PatientName, "A*",
                Tag.StudyDate, "2000-",
                Tag.ModalitiesInStudy, "MR",
                Tag.PatientID, "",
                Tag.StudyInstanceUID, "",
                Tag.AccessionNumber, ""));
  }

  @Test
  void ge_wants_wildcards_where_nothing_is_asked_for() {
    assertThat(keys(Level.PATIENT, Map.of()).normalized(Manufacturer.GE).texts())
        .isEqualTo(Map.of(Tag.PatientID, "*"));
    assertThat(keys(Level.PATIENT, Map.of(Tag.PatientID, "")).normalized(Manufacturer.GE).texts())
        .isEqualTo(Map.of(Tag.PatientID, ""));
  }

  @Test
  void lone_wildcards_are_adapted() {
    QueryKeys keys =
        keys(
            Level.STUDY,
            Map.of(
                Tag.StudyDate, "*",
                Tag.StudyTime, "*",
                Tag.PatientID, "*",
                Tag.AccessionNumber, "*a*"));
    assertThat(keys.adapted(Manufacturer.GENERIC)).isEqualTo(keys);
    assertThat(keys.adapted(Manufacturer.GENERIC_NO_WILDCARD_IN_DATES).texts())
        .isEqualTo(keys.with(Tag.StudyDate, "").texts());
    assertThat(keys.adapted(Manufacturer.GENERIC_NO_UNIVERSAL_WILDCARD).texts())
        .isEqualTo(
            Map.of(
                Tag.StudyDate, "",
                Tag.StudyTime, "",
                Tag.PatientID, "",
                Tag.AccessionNumber, "*a*"));
  }

  @Test
  void keys_are_in_the_order_of_unsigned_tags() {
    assertThat(keys(Level.STUDY, Map.of(0xfffcfffc, "b", Tag.PatientID, "a")).texts().firstKey())
        .isEqualTo(Tag.PatientID);
  }

  private static QueryKeys keys(Level level, Map<Integer, String> texts) {
    return new QueryKeys(level, new TreeMap<>(texts));
  }
}
