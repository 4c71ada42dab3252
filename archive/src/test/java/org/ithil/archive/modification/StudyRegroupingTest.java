package org.ithil.archive.modification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudyRegroupingTest {
  @TempDir Path folder;

  private static ResourceId target(JsonValue.Members content) {
    return ResourceId.parse(((JsonValue.Text) content.members().get("TargetStudy")).text())
        .orElseThrow();
  }

  private static DataSet dataSet(OpenArchive open, ResourceId instance) throws Exception {
    try (OpenInstance file = open.archive.retrieval().dataSet(instance).orElseThrow()) {
      return file.file().dataSet();
    }
  }

  private static ResourceId onlyInstance(OpenArchive open, ResourceId study) {
    List<ResourceId> all =
        open.read(reader -> reader.descendants(Level.STUDY, study, Level.INSTANCE));
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private static boolean exists(OpenArchive open, Level level, ResourceId id) {
    return open.read(reader -> reader.exists(level, id));
  }

  @Test
  void a_series_becomes_a_study_of_its_own() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(Made.instance("P", 1, 1, 1));
      Lineage moved =
          open.store(
              Made.instance("P", 1, 2, 2)
                  .with(Tag.StudyDescription, "Old")
                  .with(Tag.AccessionNumber, "A")
                  .with(Tag.InstitutionName, "stays"));
      Editor editor = new Editor(open);
      JsonValue.Members content =
          editor.run(
              StudySplit.TYPE,
              editor.split(
                  moved.study(),
                  List.of(moved.series()),
                  "{\"Replace\":{\"StudyDescription\":\"New\",\"PatientID\":\"Q\"},"
                      + "\"Remove\":[\"AccessionNumber\"]}"));
      ResourceId study = target(content);
      DataSet made = dataSet(open, onlyInstance(open, study));
      assertThat(made.ascii(Tag.StudyDescription)).hasValue("New");
      assertThat(made.ascii(Tag.PatientID)).hasValue("Q");
      assertThat(made.contains(Tag.AccessionNumber)).isFalse();
      assertThat(made.ascii(Tag.InstitutionName)).hasValue("stays");
      assertThat(content.members())
          .containsEntry(
              "TargetStudyUID", new JsonValue.Text(made.ascii(Tag.StudyInstanceUID).orElseThrow()));
      assertThat(exists(open, Level.SERIES, moved.series())).isFalse();
      assertThat(open.count(Level.INSTANCE)).isEqualTo(2);
    }
  }

  @Test
  void only_tags_of_patient_and_study_can_be_changed_by_a_split() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage one = open.store(Made.instance("P", 1, 1, 1));
      Editor editor = new Editor(open);
      assertThatThrownBy(() ->
              editor.split(
                  one.study(), List.of(one.series()), "{\"Replace\":{\"Modality\":\"CT\"}}"))
          .hasMessage(
              "Cannot modify the following tag while splitting a study (not in the patient/study"
                  + " modules): Modality (0008,0060)");
    }
  }

  @Test
  void a_merged_instance_tells_of_patient_and_study_as_the_others_do() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage target =
          open.store(
              Made.instance("P", 1, 1, 1)
                  .with(Tag.SpecificCharacterSet, "ISO_IR 192")
                  .with(
                      Tag.PatientName,
                      Vr.PN,
                      "Bu\u0301c^J\u00e9rme".getBytes(StandardCharsets.UTF_8))
                  .with(Tag.StudyDescription, "Target"));
      Lineage moved =
          open.store(
              Made.instance("Q", 2, 1, 1)
                  .with(Tag.SpecificCharacterSet, "ISO_IR 100")
                  .with(Tag.StudyID, "not in the target")
                  .with(Tag.SeriesDescription, "stays"));
      Editor editor = new Editor(open);
      editor.run(StudyMerge.TYPE, editor.merge(target.study(), moved.study()));
      assertThat(open.ids(Level.STUDY)).containsExactly(target.study());
      ResourceId instance =
          open
              .read(reader -> reader.descendants(Level.STUDY, target.study(), Level.INSTANCE))
              .stream()
              .filter(id -> !id.equals(target.instance()))
              .findFirst()
              .orElseThrow();
      DataSet made = dataSet(open, instance);
      assertThat(made.text(Tag.PatientName, SpecificCharacterSet.ASCII)).hasValue("Buc^J\u00e9rme");
      assertThat(made.ascii(Tag.StudyDescription)).hasValue("Target");
      assertThat(made.ascii(Tag.SeriesDescription)).hasValue("stays");
      assertThat(made.contains(Tag.StudyID)).isFalse();
    }
  }

  @Test
  void a_patient_that_cannot_be_named_in_the_set_of_an_instance_fails_the_merge() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage target =
          open.store(
              Made.instance("P", 1, 1, 1)
                  .with(Tag.SpecificCharacterSet, "ISO_IR 192")
                  .with(Tag.PatientID, Vr.LO, "\u5c71\u7530".getBytes(StandardCharsets.UTF_8)));
      Lineage moved = open.store(Made.instance("Q", 2, 1, 1));
      Editor editor = new Editor(open);
      JsonValue.Members seed = editor.merge(target.study(), moved.study());
      assertThatThrownBy(() -> editor.run(StudyMerge.TYPE, seed))
          .hasRootCauseMessage(
              "The identifiers of the target study cannot be written in the character set of"
                  + " instance "
                  + moved.instance());
      assertThat(exists(open, Level.INSTANCE, moved.instance())).isTrue();
    }
  }
}
