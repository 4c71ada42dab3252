package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ithil.dicom.deidentification.DeidentificationOption.CLEAN_DESCRIPTORS;
import static org.ithil.dicom.deidentification.DeidentificationOption.CLEAN_GRAPHICS;
import static org.ithil.dicom.deidentification.DeidentificationOption.CLEAN_STRUCTURED_CONTENT;
import static org.ithil.dicom.deidentification.DeidentificationOption.RETAIN_LONGITUDINAL_FULL_DATES;
import static org.ithil.dicom.deidentification.DeidentificationOption.RETAIN_LONGITUDINAL_MODIFIED_DATES;
import static org.ithil.dicom.deidentification.DeidentificationOption.RETAIN_SAFE_PRIVATE;
import static org.ithil.dicom.deidentification.DeidentificationOption.RETAIN_UIDS;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.deidentification.Deidentification.Profile;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.io.DicomFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The file in which everything that identifies somebody contains "PHI": in direct, nested, private,
 * UN, overlay, curve and SR elements.
 */
class PhiEverywhereTest {
  private static final String NAME = "objects/misc/phi_everywhere.dcm";

  static List<Profile> profiles() {
    return List.of(
        Trials.standard(),
        Trials.standard(CLEAN_DESCRIPTORS),
        Trials.standard(CLEAN_STRUCTURED_CONTENT),
        Trials.standard(CLEAN_GRAPHICS),
        Trials.standard(RETAIN_SAFE_PRIVATE),
        Trials.standard(RETAIN_UIDS),
        Trials.standard(RETAIN_LONGITUDINAL_FULL_DATES),
        Trials.standard(
            CLEAN_DESCRIPTORS,
            CLEAN_STRUCTURED_CONTENT,
            CLEAN_GRAPHICS,
            RETAIN_SAFE_PRIVATE,
            RETAIN_LONGITUDINAL_MODIFIED_DATES));
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void comes_out_without_any_invented_identifier(Profile profile) throws IOException {
    DicomFile file = Trials.file(NAME);
    byte[] bytes = Trials.written(Trials.by(profile).apply(file), file.transferSyntax());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("PHI", "Phi", "Referrer", "Invented", "ACC-0001", "19700101");
    assertThat(bytes.length).isGreaterThan(1000);
  }

  @Test
  void comes_out_without_a_date_or_uid_unless_they_are_retained() throws IOException {
    DicomFile file = Trials.file(NAME);
    String text =
        new String(
            Trials.written(Trials.by(Trials.standard()).apply(file), file.transferSyntax()),
            StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("20240102", "101112");
    for (int tag : new int[] {Tag.StudyInstanceUID, Tag.SeriesInstanceUID, Tag.SOPInstanceUID}) {
      assertThat(text).doesNotContain(file.dataSet().ascii(tag).orElseThrow());
    }
  }

  /** What recordings of the reference show to stay: names of patients in items, and overlays. */
  @Test
  void keeps_in_the_default_profile_only_what_the_reference_keeps() throws IOException {
    DicomFile file = Trials.file(NAME);
    DataSet result = Trials.by(Trials.reference(ProfileVersion.V2023B)).apply(file).dataSet();
    DataSet.Builder rest = result.toBuilder();
    rest.remove(Tag.OverlayDescription).remove(Tag.OverlayComments);
    Element images = result.get(Tag.ReferencedImageSequence);
    assertThat(images).isNotNull();
    DataSet item = images.items().getFirst();
    assertThat(item.ascii(Tag.PatientName)).contains("Phi^Nested");
    rest.put(
        Elements.sequence(
            Tag.ReferencedImageSequence,
            List.of(item.toBuilder().remove(Tag.PatientName).build())));
    byte[] bytes =
        Trials.written(new Edit.Edited(rest.build(), file.values()), file.transferSyntax());
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    assertThat(text).doesNotContain("PHI", "Phi");
  }
}
