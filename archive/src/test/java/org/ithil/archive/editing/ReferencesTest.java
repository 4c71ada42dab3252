package org.ithil.archive.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ithil.archive.editing.Requests.UIDS;
import static org.ithil.archive.editing.Requests.dataSet;
import static org.ithil.archive.editing.Requests.instance;
import static org.ithil.archive.editing.Requests.item;
import static org.ithil.archive.editing.Requests.modified;
import static org.ithil.archive.editing.Requests.sequence;
import static org.ithil.archive.editing.Requests.textOf;
import static org.ithil.archive.editing.Requests.uid;

import java.util.Map;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.Test;

/** References in a data set to what is edited together with it. */
class ReferencesTest {
  /** A job on the study 1.2 with the series 1.2.3 and 1.2.5, which have an instance each. */
  private static final Covered STUDY =
      Map.of(
              "1.2", Level.STUDY,
              "1.2.3", Level.SERIES,
              "1.2.5", Level.SERIES,
              "1.2.3.4", Level.INSTANCE,
              "1.2.5.6", Level.INSTANCE)
          ::get;

  private static DataSet reference(String instance) {
    return dataSet(
        uid(Tag.ReferencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2"),
        uid(Tag.ReferencedSOPInstanceUID, instance));
  }

  private static DataSet series(String series, DataSet... instances) {
    return dataSet(
        uid(Tag.SeriesInstanceUID, series), sequence(Tag.ReferencedSOPSequence, instances));
  }

  /** What a KO or SR says of the instances that it refers to. */
  private static DataSet evidence(String study, DataSet... series) {
    return dataSet(
        uid(Tag.StudyInstanceUID, study), sequence(Tag.ReferencedSeriesSequence, series));
  }

  private static String referenced(DataSet item) {
    return textOf(item, Tag.ReferencedSOPInstanceUID);
  }

  @Test
  void segmentations_follow_the_images_of_their_job() {
    DataSet frame =
        dataSet(
            sequence(
                Tag.DerivationImageSequence,
                dataSet(sequence(Tag.SourceImageSequence, reference("1.2.5.6")))));
    DataSet seg =
        instance(
            uid(Tag.FrameOfReferenceUID, "1.2.7"),
            sequence(
                Tag.ReferencedSeriesSequence,
                dataSet(
                    uid(Tag.SeriesInstanceUID, "1.2.5"),
                    sequence(
                        Tag.ReferencedInstanceSequence, reference("1.2.5.6"), reference("1.9.9")))),
            sequence(Tag.PerFrameFunctionalGroupsSequence, frame));
    DataSet after = modified("{}", Level.STUDY, STUDY, seg);
    DataSet list = item(after, Tag.ReferencedSeriesSequence, 0);
    assertThat(textOf(list, Tag.SeriesInstanceUID)).isEqualTo(UIDS.map("1.2.5"));
    assertThat(referenced(item(list, Tag.ReferencedInstanceSequence, 0)))
        .isEqualTo(UIDS.map("1.2.5.6"));
    assertThat(referenced(item(list, Tag.ReferencedInstanceSequence, 1))).isEqualTo("1.9.9");
    DataSet derived =
        item(item(after, Tag.PerFrameFunctionalGroupsSequence, 0), Tag.DerivationImageSequence, 0);
    assertThat(referenced(item(derived, Tag.SourceImageSequence, 0)))
        .isEqualTo(UIDS.map("1.2.5.6"));
    assertThat(textOf(after, Tag.FrameOfReferenceUID)).isEqualTo("1.2.7");
  }

  @Test
  void evidence_of_a_report_follows_as_a_whole() {
    DataSet ko =
        instance(
            sequence(
                Tag.CurrentRequestedProcedureEvidenceSequence,
                evidence("1.2", series("1.2.5", reference("1.2.5.6"))),
                evidence("1.9", series("1.9.8", reference("1.9.8.7")))),
            sequence(Tag.ContentSequence, dataSet(uid(Tag.UID, "1.2.5.6"))));
    DataSet after = modified("{}", Level.STUDY, STUDY, ko);
    DataSet first = item(after, Tag.CurrentRequestedProcedureEvidenceSequence, 0);
    assertThat(first)
        .isEqualTo(
            evidence(UIDS.map("1.2"), series(UIDS.map("1.2.5"), reference(UIDS.map("1.2.5.6")))));
    assertThat(item(after, Tag.CurrentRequestedProcedureEvidenceSequence, 1))
        .isEqualTo(evidence("1.9", series("1.9.8", reference("1.9.8.7"))));
    assertThat(textOf(item(after, Tag.ContentSequence, 0), Tag.UID)).isEqualTo(UIDS.map("1.2.5.6"));
  }

  @Test
  void levels_above_the_one_that_changes_stay() {
    DataSet ko =
        instance(
            sequence(
                Tag.CurrentRequestedProcedureEvidenceSequence,
                evidence("1.2", series("1.2.5", reference("1.2.5.6")))));
    DataSet after = modified("{}", Level.SERIES, STUDY, ko);
    assertThat(item(after, Tag.CurrentRequestedProcedureEvidenceSequence, 0))
        .isEqualTo(evidence("1.2", series(UIDS.map("1.2.5"), reference(UIDS.map("1.2.5.6")))));
  }

  @Test
  void references_follow_to_identifiers_that_are_replaced_or_kept() {
    DataSet ko =
        instance(
            sequence(
                Tag.CurrentRequestedProcedureEvidenceSequence,
                evidence("1.2", series("1.2.5", reference("1.2.5.6")))));
    DataSet after =
        modified(
            "{'Replace':{'StudyInstanceUID':'1.77'},'Keep':['SeriesInstanceUID'],'Force':true}",
            Level.STUDY,
            STUDY,
            ko);
    assertThat(item(after, Tag.CurrentRequestedProcedureEvidenceSequence, 0))
        .isEqualTo(evidence("1.77", series("1.2.5", reference(UIDS.map("1.2.5.6")))));
  }

  @Test
  void an_instance_alone_leaves_all_references() {
    DataSet neighbours = evidence("1.2", series("1.2.3", reference("1.2.3.9")));
    DataSet ko =
        instance(
            sequence(Tag.CurrentRequestedProcedureEvidenceSequence, neighbours),
            sequence(Tag.IdenticalDocumentsSequence, reference("1.2.3.4")),
            sequence(Tag.ReferencedStudySequence, reference("1.2")));
    DataSet after = modified("{'Replace':{'PatientID':'X'},'Force':true}", ko);
    assertThat(item(after, Tag.CurrentRequestedProcedureEvidenceSequence, 0)).isEqualTo(neighbours);
    assertThat(referenced(item(after, Tag.IdenticalDocumentsSequence, 0))).isEqualTo("1.2.3.4");
    assertThat(referenced(item(after, Tag.ReferencedStudySequence, 0))).isEqualTo("1.2");
  }

  @Test
  void what_the_client_writes_is_written_as_it_is() {
    DataSet after =
        modified(
            "{'Replace':{'SourceImageSequence':[{'ReferencedSOPInstanceUID':'1.2.5.6'}]}}",
            Level.STUDY,
            STUDY,
            instance(sequence(Tag.SourceImageSequence, reference("1.2.5.6"))));
    assertThat(referenced(item(after, Tag.SourceImageSequence, 0))).isEqualTo("1.2.5.6");
  }

  @Test
  void lists_of_uids_follow_one_by_one() {
    DataSet after =
        modified(
            "{}",
            Level.STUDY,
            STUDY,
            instance(uid(Tag.FailedSOPInstanceUIDList, "1.2.5.6\\1.9\\1.2.3.4")));
    assertThat(textOf(after, Tag.FailedSOPInstanceUIDList))
        .isEqualTo(UIDS.map("1.2.5.6") + "\\1.9\\" + UIDS.map("1.2.3.4"));
  }

  @Test
  void a_frame_of_reference_that_is_replaced_takes_its_mentions_with_it() {
    DataSet structures =
        instance(
            uid(Tag.FrameOfReferenceUID, "1.3.1"),
            sequence(
                Tag.ReferencedFrameOfReferenceSequence,
                dataSet(
                    uid(Tag.FrameOfReferenceUID, "1.3.2"),
                    sequence(
                        Tag.RTReferencedStudySequence,
                        dataSet(
                            sequence(
                                Tag.RTReferencedSeriesSequence,
                                dataSet(
                                    uid(Tag.SeriesInstanceUID, "1.2.5"),
                                    sequence(Tag.ContourImageSequence, reference("1.2.5.6")))))))),
            sequence(
                Tag.StructureSetROISequence,
                dataSet(uid(Tag.ReferencedFrameOfReferenceUID, "1.3.2")),
                dataSet(uid(Tag.ReferencedFrameOfReferenceUID, "1.3.1")),
                dataSet(uid(Tag.ReferencedFrameOfReferenceUID, "1.3.3"))));
    DataSet after =
        modified("{'Replace':{'FrameOfReferenceUID':'1.88'}}", Level.STUDY, STUDY, structures);
    assertThat(
            textOf(item(after, Tag.ReferencedFrameOfReferenceSequence, 0), Tag.FrameOfReferenceUID))
        .isEqualTo("1.88");
    assertThat(
            after.get(Tag.StructureSetROISequence).items().stream()
                .map(item -> textOf(item, Tag.ReferencedFrameOfReferenceUID)))
        .containsExactly("1.88", "1.88", "1.3.3");
  }

  @Test
  void the_same_file_gives_the_same_data_set() {
    DataSet ko =
        instance(
            sequence(
                Tag.CurrentRequestedProcedureEvidenceSequence,
                evidence("1.2", series("1.2.5", reference("1.2.5.6")))));
    assertThat(modified("{}", Level.STUDY, STUDY, ko))
        .isEqualTo(modified("{}", Level.STUDY, STUDY, ko));
  }
}
