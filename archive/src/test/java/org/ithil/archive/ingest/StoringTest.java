package org.ithil.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoringTest {
  @TempDir Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws Exception {
    open = new OpenArchive(folder, OpenArchive.rules(Overwrite.ALWAYS));
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void a_stored_instance_is_found_at_all_levels() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1));
    assertThat(ids).isEqualTo(Lineage.of("P", "1.2.1", "1.2.1.1", "1.2.1.1.1"));
    for (Level level : Level.values()) {
      assertThat(open.ids(level)).containsExactly(ids.at(level));
      Optional<Level> found = open.read(r -> r.level(ids.at(level)));
      assertThat(found).contains(level);
    }
    assertThat(open.resource(Level.SERIES, ids.series()).children())
        .containsExactly(ids.instance());
    assertThat(open.resource(Level.SERIES, ids.series()).parent()).isEqualTo(ids.study());
    Optional<Lineage> lineage = open.read(r -> r.lineage(ids.instance()));
    assertThat(lineage).contains(ids);
  }

  @Test
  void a_real_file_has_the_identifiers_and_metadata_of_the_reference() throws Exception {
    IngestOutcome outcome = open.ingestShared("charset/chrFren.dcm");
    ResourceId instance =
        ResourceId.parse("ab5f078b-d685e005-601c0dd4-7393b415-1ea0f441").orElseThrow();
    assertThat(outcome.lineage().instance()).isEqualTo(instance);
    Resource resource = open.resource(Level.INSTANCE, instance);
    Metadata names = Metadata.BUILT_IN;
    Map<String, String> metadata =
        resource.metadata().entrySet().stream()
            .collect(Collectors.toMap(e -> names.name(e.getKey()), e -> e.getValue().text()));
    assertThat(metadata)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "HttpUsername",
                "",
                "IndexInSeries",
                "1",
                "MainDicomTagsSignature",
                "0008,0012;0008,0013;0008,0018;0020,0012;0020,0013;0020,0032;0020,0037;0020,0100;"
                    + "0020,1041;0020,4000;0028,0008;0028,0010;0028,0011;0054,1330",
                "Origin",
                "RestApi",
                "PixelDataOffset",
                "854",
                "ReceptionDate",
                "20261124T120000",
                "RemoteAET",
                "",
                "RemoteIP",
                "127.0.0.1",
                "SopClassUid",
                "1.2.840.10008.5.1.4.1.1.7",
                "TransferSyntax",
                "1.2.840.10008.1.2.1"));
    assertThat(open.resource(Level.PATIENT, outcome.lineage().patient()).mainTags())
        .containsEntry(Tag.PatientName, "Buc^Jérôme")
        .containsEntry(Tag.PatientSex, "");
  }

  @Test
  void the_origin_of_an_instance_from_the_network_is_kept() throws Exception {
    IngestOutcome outcome =
        open.ingest(
            Made.instance("P", 1, 1, 1).bytes(), new Origin.Dicom("10.0.0.1", "SCANNER", "ITHIL"));
    Resource instance = open.resource(Level.INSTANCE, outcome.lineage().instance());
    assertThat(instance.metadata(Metadata.ORIGIN)).contains("DicomProtocol");
    assertThat(instance.metadata(Metadata.REMOTE_AET)).contains("SCANNER");
    assertThat(instance.metadata(Metadata.CALLED_AET)).contains("ITHIL");
    assertThat(instance.metadata(Metadata.REMOTE_IP)).contains("10.0.0.1");
    assertThat(instance.metadata(Metadata.HTTP_USERNAME)).isEmpty();
    assertThat(
            open.resource(Level.SERIES, outcome.lineage().series()).metadata(Metadata.REMOTE_AET))
        .contains("SCANNER");
  }

  @Test
  void main_tags_come_from_the_first_instance() throws Exception {
    Lineage first = open.store(Made.instance("P", 1, 1, 1).with(Tag.StudyDescription, "first"));
    open.store(Made.instance("P", 1, 1, 2).with(Tag.StudyDescription, "second"));
    assertThat(open.resource(Level.STUDY, first.study()).mainTags())
        .containsEntry(Tag.StudyDescription, "first");
    open.archive.deletion().delete(Level.INSTANCE, first.instance());
    assertThat(open.resource(Level.STUDY, first.study()).mainTags())
        .containsEntry(Tag.StudyDescription, "first");
  }

  @Test
  void long_values_and_empty_numbers_are_no_main_tags() throws Exception {
    Lineage ids =
        open.store(
            Made.instance("P", 1, 1, 1)
                .with(Tag.StudyDescription, "x".repeat(257))
                .with(Tag.AccessionNumber, "y".repeat(256))
                .with(Tag.NumberOfSlices, "")
                .with(Tag.StudyID, ""));
    Resource study = open.resource(Level.STUDY, ids.study());
    assertThat(study.mainTags())
        .doesNotContainKey(Tag.StudyDescription)
        .containsEntry(Tag.AccessionNumber, "y".repeat(256))
        .containsEntry(Tag.StudyID, "");
    assertThat(open.resource(Level.SERIES, ids.series()).mainTags())
        .doesNotContainKey(Tag.NumberOfSlices);
  }

  @Test
  void numbers_are_main_tags_as_clients_are_shown_them() throws Exception {
    open.close();
    IngestRules usual = IngestRules.DEFAULT;
    open =
        new OpenArchive(
            folder,
            new IngestRules(
                new MainTags(
                    Map.of(
                        Level.INSTANCE,
                        List.of(Tag.DiffusionBValue, Tag.RecommendedDisplayFrameRateInFloat))),
                usual.overwrite(),
                usual.stableAge(),
                0,
                0,
                true,
                true,
                true));
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    Lineage ids =
        open.store(
            Made.instance("P", 1, 1, 1)
                .with(Tag.DiffusionBValue, Vr.FD, bytes.putDouble(0.00001).putDouble(1e16).array())
                .with(
                    Tag.RecommendedDisplayFrameRateInFloat,
                    Vr.FL,
                    ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(0.1f).array()));
    assertThat(open.resource(Level.INSTANCE, ids.instance()).mainTags())
        .containsEntry(Tag.DiffusionBValue, "1.0000000000000001e-05\\10000000000000000")
        .containsEntry(Tag.RecommendedDisplayFrameRateInFloat, "0.10000000149011612");
  }

  @Test
  void new_parents_are_logged_after_the_instance() throws Exception {
    open.store(Made.instance("P", 1, 1, 1));
    open.store(Made.instance("P", 1, 1, 2));
    open.store(Made.instance("P", 1, 2, 1));
    assertThat(open.changes())
        .containsExactly(
            "NewInstance",
            "NewSeries",
            "NewStudy",
            "NewPatient",
            "NewInstance",
            "NewInstance",
            "NewSeries");
  }

  @Test
  void a_series_is_complete_with_its_last_expected_instance() throws Exception {
    for (int i = 1; i <= 2; i++) {
      open.store(
          Made.instance("P", 1, 1, i)
              .with(Tag.ImagesInAcquisition, "2")
              .with(Tag.NumberOfTemporalPositions, "1"));
    }
    assertThat(open.changes()).endsWith("NewInstance", "CompletedSeries");
  }

  @Test
  void parents_become_stable_when_their_time_has_come_and_not_before() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1));
    open.pass(java.time.Duration.ofSeconds(30));
    open.store(Made.instance("P", 1, 2, 1));
    open.pass(java.time.Duration.ofSeconds(31));
    open.settle();
    assertThat(open.resource(Level.SERIES, ids.series()).stable()).isTrue();
    assertThat(open.resource(Level.STUDY, ids.study()).stable()).isFalse();
    open.pass(java.time.Duration.ofSeconds(30));
    open.settle();
    assertThat(open.resource(Level.STUDY, ids.study()).stable()).isTrue();
    assertThat(open.resource(Level.PATIENT, ids.patient()).stable()).isTrue();
    assertThat(open.changes())
        .endsWith("StableSeries", "StableSeries", "StableStudy", "StablePatient");
    open.store(Made.instance("P", 1, 1, 2));
    assertThat(open.resource(Level.SERIES, ids.series()).stable()).isFalse();
  }

  @Test
  void everything_is_there_after_the_archive_was_closed_and_opened() throws Exception {
    Lineage ids = open.store(Made.instance("P", 1, 1, 1).withPixels(1000, 7));
    Resource before = open.resource(Level.INSTANCE, ids.instance());
    open.close();
    open = new OpenArchive(folder);
    assertThat(open.resource(Level.INSTANCE, ids.instance())).isEqualTo(before);
    assertThat(open.archive.retrieval().header(ids.instance())).isPresent();
    open.store(Made.instance("P", 1, 1, 2));
    assertThat(open.count(Level.INSTANCE)).isEqualTo(2);
  }
}
