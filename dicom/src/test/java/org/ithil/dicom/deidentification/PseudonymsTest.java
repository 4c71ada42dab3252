package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.uid.Uids;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
  private final Pseudonyms first = new Pseudonyms(Pseudonyms.key("correct horse battery staple"));
  private final Pseudonyms again = new Pseudonyms(Pseudonyms.key("correct horse battery staple"));
  private final Pseudonyms other = new Pseudonyms(Pseudonyms.key("correct horse battery stable"));

  /** These go into archives: another version of the program has to give the same ones. */
  @Test
  void gives_what_it_has_always_given() {
    assertThat(first.patient("PHI-ID-1")).isEqualTo("PYVR4528SMQAYJ73");
    assertThat(first.patientUuid("PHI-ID-1")).isEqualTo("a3e0c3f4-343b-8ce1-85e4-c3ba230af908");
    assertThat(first.uids().map("1.2.3")).isEqualTo("2.25.292808030893099079256059243507579341196");
    assertThat(first.days("PHI-ID-1")).isEqualTo(-1368);
    assertThat(first.applicationEntity("CT1")).isEqualTo("AE8GYQYYQH");
  }

  @Test
  void gives_the_same_with_the_same_key_only() {
    assertThat(again.patient("1")).isEqualTo(first.patient("1 "));
    assertThat(again.uids().map("1.2")).isEqualTo(first.uids().map("1.2"));
    assertThat(other.patient("1")).isNotEqualTo(first.patient("1"));
    assertThat(other.uids().map("1.2")).isNotEqualTo(first.uids().map("1.2"));
    assertThat(first.patient("2")).isNotEqualTo(first.patient("1"));
  }

  @Test
  void gives_values_that_fit() {
    for (int i = 0; i < 2000; i++) {
      String id = "P" + i;
      assertThat(first.days(id)).isBetween(-Pseudonyms.MOST_DAYS, -1);
      assertThat(first.patient(id)).matches("[A-Z2-9]{16}");
      assertThat(first.applicationEntity(id)).matches("[A-Z2-9]{10}");
      assertThat(Uids.isValid(first.uids().map(id))).isTrue();
      assertThat(UUID.fromString(first.patientUuid(id)).version()).isEqualTo(8);
    }
  }

  @Test
  void name_and_identifier_of_a_patient_are_one_pseudonym_and_instances_agree() throws IOException {
    DataSet one =
        Trials.byPseudonym(Trials.standard())
            .apply(Trials.file("objects/misc/phi_everywhere.dcm"))
            .dataSet();
    DataSet two =
        Trials.byPseudonym(Trials.reference(ProfileVersion.V2008))
            .apply(Trials.file("objects/image/sc_burned_in_text.dcm"))
            .dataSet();
    assertThat(one.ascii(Tag.PatientName)).isEqualTo(one.ascii(Tag.PatientID));
    assertThat(two.ascii(Tag.PatientID)).isEqualTo(one.ascii(Tag.PatientID));
    assertThat(two.ascii(Tag.StudyInstanceUID)).isEqualTo(one.ascii(Tag.StudyInstanceUID));
    assertThat(two.ascii(Tag.SeriesInstanceUID)).isNotEqualTo(one.ascii(Tag.SeriesInstanceUID));
  }
}
