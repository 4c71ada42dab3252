package org.ithil.archive.modification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ithil.archive.modification.ResourceModification.TYPE;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobRun.Step;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ResourceModification.Choices;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceModificationTest {
  private static final String KEEP_UIDS =
      "\"Keep\":[\"StudyInstanceUID\",\"SeriesInstanceUID\",\"SOPInstanceUID\"],\"Force\":true";

  @TempDir Path folder;

  private static Lineage fill(OpenArchive open, int instances) throws IOException, IngestException {
    Lineage last = null;
    for (int i = 1; i <= instances; i++) {
      last =
          open.store(
              Made.instance("P", 1, i % 2, i)
                  .with(Tag.PatientName, "Somebody")
                  .withPixels(5000, i));
    }
    if (last == null) {
      throw new IllegalArgumentException("none");
    }
    return last;
  }

  private static Optional<String> metadata(
      OpenArchive open, Level level, ResourceId id, int number) {
    return open.read(reader -> reader.metadata(level, id, number)).map(Metadata.Entry::text);
  }

  private static ResourceId made(JsonValue.Members content) {
    return ResourceId.parse(((JsonValue.Text) content.members().get("ID")).text()).orElseThrow();
  }

  private static String text(OpenArchive open, ResourceId instance, int tag) throws IOException {
    try (OpenInstance file = open.archive.retrieval().dataSet(instance).orElseThrow()) {
      return file.file().dataSet().ascii(tag).orElse("-");
    }
  }

  private static boolean exists(OpenArchive open, Level level, ResourceId id) {
    return open.read(reader -> reader.exists(level, id));
  }

  @Test
  void a_study_is_made_anew_and_each_level_names_what_it_was_made_of() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage old = fill(open, 5);
      Editor editor = new Editor(open);
      JsonValue.Members content =
          editor.run(
              TYPE,
              editor.modify(
                  Level.STUDY,
                  old.study(),
                  "{\"Replace\":{\"StudyDescription\":\"New\"}}",
                  Editor.KEEPING));
      ResourceId study = made(content);
      assertThat(study).isNotEqualTo(old.study());
      assertThat(content.members())
          .containsEntry("InstancesCount", new JsonValue.Whole(5))
          .containsEntry("FailedInstancesCount", new JsonValue.Whole(0))
          .containsEntry("PatientID", new JsonValue.Text(old.patient().toString()));
      assertThat(metadata(open, Level.STUDY, study, Metadata.MODIFIED_FROM))
          .hasValue(old.study().toString());
      assertThat(metadata(open, Level.PATIENT, old.patient(), Metadata.MODIFIED_FROM)).isEmpty();
      List<ResourceId> instances =
          open.read(reader -> reader.descendants(Level.STUDY, study, Level.INSTANCE));
      assertThat(instances).hasSize(5);
      for (ResourceId id : instances) {
        assertThat(metadata(open, Level.INSTANCE, id, Metadata.MODIFIED_FROM)).isPresent();
        assertThat(metadata(open, Level.INSTANCE, id, Metadata.HTTP_USERNAME)).hasValue("me");
        assertThat(text(open, id, Tag.StudyDescription)).isEqualTo("New");
      }
      assertThat(open.resource(Level.STUDY, study).mainTags())
          .containsEntry(Tag.StudyDescription, "New");
      assertThat(open.count(Level.SERIES)).isEqualTo(4);
    }
  }

  @Test
  void what_was_done_before_a_crash_may_be_done_again() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage old = fill(open, 40);
      Editor editor = new Editor(open);
      JsonValue.Members seed = editor.anonymize(Level.STUDY, old.study(), "{}", Editor.KEEPING);
      Set<ResourceId> first = new HashSet<>();
      JsonValue checkpoint;
      try (JobRun run = editor.open(TYPE, seed, new JsonValue.Null())) {
        for (int i = 0; i < 20; i++) {
          assertThat(run.step()).isEqualTo(Step.MORE);
        }
        checkpoint = run.checkpoint();
        assertThat(run.progress()).isEqualTo(20.0 / 41);
      }
      first.addAll(open.ids(Level.INSTANCE));
      // As if the last checkpoints had not become durable.
      try (JobRun run = editor.open(TYPE, seed, new JsonValue.Null())) {
        Editor.finish(run);
      }
      assertThat(open.ids(Level.INSTANCE)).hasSize(80).containsAll(first);
      try (JobRun run = editor.open(TYPE, seed, checkpoint)) {
        Editor.finish(run);
        assertThat(run.content().members())
            .containsEntry("FailedInstancesCount", new JsonValue.Whole(0));
      }
      assertThat(open.ids(Level.INSTANCE)).hasSize(80);
      assertThat(open.count(Level.STUDY)).isEqualTo(2);
    }
  }

  @Test
  void sources_go_when_all_that_was_made_of_them_is_there() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage old = fill(open, 5);
      Editor editor = new Editor(open);
      JsonValue.Members seed = editor.anonymize(Level.STUDY, old.study(), "{}", Editor.MOVING);
      try (JobRun run = editor.open(TYPE, seed, new JsonValue.Null())) {
        Step step = run.step();
        while (step instanceof Step.More) {
          step = run.step();
        }
        // Not before this is durable.
        assertThat(step).isEqualTo(Step.SECURED);
        assertThat(open.count(Level.INSTANCE)).isEqualTo(10);
        JsonValue checkpoint = run.checkpoint();
        Editor.finish(run);
        assertThat(open.count(Level.INSTANCE)).isEqualTo(5);
        try (JobRun again = editor.open(TYPE, seed, checkpoint)) {
          Editor.finish(again);
          assertThat(made(again.content())).isEqualTo(made(run.content()));
        }
      }
      assertThat(open.count(Level.INSTANCE)).isEqualTo(5);
      assertThat(exists(open, Level.PATIENT, old.patient())).isFalse();
    }
  }

  @Test
  void a_source_stays_if_a_filter_refuses_the_new_one() throws Exception {
    IngestFilter none =
        (file, origin) -> !file.dataSet().ascii(Tag.PatientName).orElse("").startsWith("Refused");
    try (OpenArchive open =
        new OpenArchive(
            ArchiveConfiguration.in(folder).with(OpenArchive.rules(Overwrite.NEVER)), none)) {
      Lineage old = fill(open, 2);
      Editor editor = new Editor(open);
      String request = "{\"Replace\":{\"PatientName\":\"Refused\"}}";
      assertThatThrownBy(() ->
              editor.run(TYPE, editor.modify(Level.STUDY, old.study(), request, Editor.MOVING)))
          .isInstanceOf(ModificationException.class)
          .hasMessageContaining("A filter refuses the new instance");
      JsonValue.Members content =
          editor.run(
              TYPE, editor.modify(Level.STUDY, old.study(), request, Choices.of(false, true)));
      assertThat(content.members()).containsEntry("FailedInstancesCount", new JsonValue.Whole(2));
      assertThat(open.count(Level.INSTANCE)).isEqualTo(2);
    }
  }

  @Test
  void a_quota_does_not_take_the_source_to_make_room_for_the_new_one() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.quota(0, 1, true))) {
      Lineage old = fill(open, 3);
      Editor editor = new Editor(open);
      JsonValue.Members seed = editor.anonymize(Level.STUDY, old.study(), "{}", Editor.MOVING);
      assertThatThrownBy(() -> editor.run(TYPE, seed))
          .isInstanceOf(ModificationException.class)
          .hasRootCauseInstanceOf(IngestException.class);
      assertThat(open.ids(Level.PATIENT)).containsExactly(old.patient());
      assertThat(open.count(Level.INSTANCE)).isEqualTo(3);
    }
  }

  @Test
  void another_instance_in_the_place_of_the_new_one_saves_the_source() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.NEVER))) {
      Lineage old = fill(open, 2);
      Editor editor = new Editor(open);
      // Both are to become one and the same.
      String request =
          "{\"Replace\":{\"SeriesInstanceUID\":\"1.2\",\"SOPInstanceUID\":\"1.2.3\"},"
              + "\"Force\":true}";
      JsonValue.Members content =
          editor.run(
              TYPE, editor.modify(Level.STUDY, old.study(), request, Choices.of(false, true)));
      assertThat(content.members()).containsEntry("FailedInstancesCount", new JsonValue.Whole(1));
      assertThat(open.count(Level.INSTANCE)).isEqualTo(2);
    }
  }

  @Test
  void instances_are_overwritten_in_their_place() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      Lineage old = fill(open, 3);
      Editor editor = new Editor(open);
      String request = "{\"Replace\":{\"StudyDescription\":\"In place\"}," + KEEP_UIDS + "}";
      assertThatThrownBy(() -> editor.modify(Level.STUDY, old.study(), request, Editor.MOVING))
          .isInstanceOf(ModificationException.class)
          .hasMessageContaining("KeepSource");
      editor.run(TYPE, editor.modify(Level.STUDY, old.study(), request, Editor.KEEPING));
      assertThat(open.count(Level.INSTANCE)).isEqualTo(3);
      assertThat(text(open, old.instance(), Tag.StudyDescription)).isEqualTo("In place");
      assertThat(open.resource(Level.STUDY, old.study()).mainTags())
          .containsEntry(Tag.StudyDescription, "In place");
    }
  }

  @Test
  void what_may_not_be_overwritten_is_not_edited_in_its_place() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.NEVER))) {
      Lineage old = fill(open, 1);
      Editor editor = new Editor(open);
      assertThatThrownBy(
              () -> editor.modify(Level.STUDY, old.study(), "{" + KEEP_UIDS + "}", Editor.KEEPING))
          .isInstanceOf(ModificationException.class)
          .hasMessageContaining("OverwriteInstances");
    }
  }

  @Test
  void an_anonymization_in_place_is_not_applied_twice() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS))) {
      List<Lineage> all = new ArrayList<>();
      for (int i = 1; i <= 40; i++) {
        all.add(
            open.store(
                Made.instance("P", 1, 1, i)
                    .with(Tag.FrameOfReferenceUID, Vr.UI, "1.2.3.4 ".strip().getBytes("ASCII"))));
      }
      Editor editor = new Editor(open);
      String request =
          "{\"Keep\":[\"PatientID\",\"StudyInstanceUID\",\"SeriesInstanceUID\","
              + "\"SOPInstanceUID\"],\"Force\":true}";
      JsonValue.Members seed =
          editor.anonymize(Level.SERIES, all.getFirst().series(), request, Editor.KEEPING);
      JsonValue durable;
      try (JobRun run = editor.open(TYPE, seed, new JsonValue.Null())) {
        assertThat(run.step()).isEqualTo(Step.SECURED);
        durable = run.checkpoint();
        for (int i = 0; i < 10; i++) {
          run.step();
        }
      }
      try (JobRun run = editor.open(TYPE, seed, durable)) {
        Editor.finish(run);
      }
      assertThat(open.count(Level.INSTANCE)).isEqualTo(40);
      Set<String> frames = new HashSet<>();
      for (Lineage each : all) {
        frames.add(text(open, each.instance(), Tag.FrameOfReferenceUID));
      }
      assertThat(frames).hasSize(1).doesNotContain("1.2.3.4");
    }
  }

  @Test
  void a_list_of_all_new_resources_is_whole_after_a_restart() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage old = fill(open, 40);
      Editor editor = new Editor(open);
      JsonValue.Members seed = editor.bulk(Level.STUDY, old.study(), "{}");
      JsonValue checkpoint;
      try (JobRun run = editor.open(TYPE, seed, new JsonValue.Null())) {
        for (int i = 0; i < 35; i++) {
          run.step();
        }
        checkpoint = run.checkpoint();
      }
      try (JobRun run = editor.open(TYPE, seed, checkpoint)) {
        Editor.finish(run);
        // 40 instances, two series, a study and a patient.
        assertThat(((JsonValue.Items) run.content().members().get("Resources")).items())
            .hasSize(44)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void labels_of_parents_go_to_the_new_ones() throws Exception {
    try (OpenArchive open = new OpenArchive(folder, IngestRules.DEFAULT)) {
      Lineage old = fill(open, 3);
      open.archive
          .index()
          .write(writer -> {
            writer.addLabel(Level.STUDY, old.study(), "study");
            writer.addLabel(Level.PATIENT, old.patient(), "patient");
            writer.addLabel(Level.INSTANCE, old.instance(), "instance");
            return true;
          });
      Editor editor = new Editor(open);
      JsonValue.Members content =
          editor.run(TYPE, editor.anonymize(Level.STUDY, old.study(), "{}", Editor.withLabels()));
      ResourceId study = made(content);
      assertThat(open.resource(Level.STUDY, study).labels()).containsExactly("study");
      ResourceId patient =
          open.read(reader -> reader.ancestor(Level.STUDY, study, Level.PATIENT)).orElseThrow();
      assertThat(open.resource(Level.PATIENT, patient).labels()).containsExactly("patient");
      for (ResourceId id :
          open.read(reader -> reader.descendants(Level.STUDY, study, Level.INSTANCE))) {
        assertThat(open.resource(Level.INSTANCE, id).labels()).isEmpty();
      }
    }
  }

  @Test
  void a_source_that_is_gone_fails_the_job() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Lineage old = fill(open, 3);
      Editor editor = new Editor(open);
      JsonValue.Members seed = editor.modify(Level.STUDY, old.study(), "{}", Editor.KEEPING);
      open.archive.deletion().delete(Level.INSTANCE, old.instance());
      assertThatThrownBy(() -> editor.run(TYPE, seed))
          .isInstanceOf(ModificationException.class)
          .hasRootCauseMessage("This instance was deleted before it was edited: " + old.instance());
    }
  }
}
