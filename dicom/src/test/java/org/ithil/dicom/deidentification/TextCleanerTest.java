package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleanerTest {
  private final TextCleaner cleaner =
      new TextCleaner(
          DataSet.of(
              List.of(
                  utf8(Tag.PatientName, Vr.PN, "Müller^Özlem=小林"),
                  utf8(Tag.PatientID, Vr.LO, "KX-77-ab"),
                  utf8(Tag.InstitutionName, Vr.LO, "Castle Clinic"),
                  Elements.sequence(
                      Tag.ReferencedStudySequence,
                      List.of(
                          DataSet.of(
                              List.of(utf8(Tag.ReferringPhysicianName, Vr.PN, "Deep^Inside"))))))),
          SpecificCharacterSet.UTF_8);

  private static org.ithil.dicom.data.Element utf8(int tag, Vr vr, String text) {
    return Elements.text(tag, vr, text, SpecificCharacterSet.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "CT Thorax 5 mm, CT Thorax 5 mm",
    "T1 MPRAGE for MÜLLER, T1 MPRAGE for",
    "özlem: control, : control",
    "小林 brain, brain",
    "KX follow-up, KX follow-up",
    "id KX-77-AB seen, id seen",
    "at castle clinic, at",
    "Seen by Dr. Unknown Person today, Seen by today",
    "asked by Inside, asked by",
    "mail a.b@c.example now, mail now",
    "born 01.02.1970 or 1970-02-01, born or",
    "No 1234567 and 123, No and 123",
    "call +49 (0)30 1234567 soon, call soon",
    "Smith^John head, head",
    "uid 1.2.840.1 here, uid here"
  })
  void takes_out_what_identifies_and_leaves_the_rest(String text, String cleaned) {
    assertThat(cleaner.clean(text)).isEqualTo(cleaned);
  }
}
