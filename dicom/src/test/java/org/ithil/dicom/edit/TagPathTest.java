package org.ithil.dicom.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.edit.TagPath.Step;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths to elements, as clients write them. */
class TagPathTest {
  private static TagPath parse(String text) {
    return TagPath.parse(text, Dictionary.standard());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"PatientName", "0010,0010", "0010-0010", "00100010", "(0010,0010)", "(0010-0010)"})
  void reads_a_tag_in_each_form(String text) {
    assertThat(parse(text)).isEqualTo(TagPath.of(Tag.PatientName));
  }

  @Test
  void reads_private_tags() {
    assertThat(parse("0009,1001").tag()).isEqualTo(0x00091001);
  }

  @Test
  void reads_a_path_through_sequences() {
    TagPath path = parse("ContentSequence[1].(0040,a043)[*].0008,0100");
    assertThat(path)
        .isEqualTo(
            new TagPath(
                List.of(
                    new Step(Tag.ContentSequence, 1),
                    new Step(Tag.ConceptNameCodeSequence, TagPath.EVERY_ITEM)),
                Tag.CodeValue));
    assertThat(path.isOutermost()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "Nonsense, UNKNOWN_TAG, Nonsense",
    "'', UNKNOWN_TAG, ''",
    "0010, UNKNOWN_TAG, 0010",
    "'60xx,3000', UNKNOWN_TAG, '60xx,3000'",
    "ContentSequence[0], UNKNOWN_TAG, ContentSequence[0]",
    "ContentSequence[0].Nonsense, UNKNOWN_TAG, Nonsense",
    "Nonsense[0].CodeValue, UNKNOWN_TAG, Nonsense",
    "ContentSequence[x].CodeValue, BAD_PATH, Not a valid index in parent path: [x]",
    "ContentSequence[].CodeValue, BAD_PATH, Not a valid index in parent path: []",
    "ContentSequence[0.CodeValue, BAD_PATH, Not a valid index in parent path: [0",
    "ContentSequence[99999999999].CodeValue, BAD_PATH, Not a valid index in parent path:"
        + " [99999999999]",
    "ContentSequence[-1].CodeValue, BAD_PATH, Negative index in parent path: -1",
    "ContentSequence.CodeValue, BAD_PATH, Parent path doesn't contain an index",
    ".PatientName, BAD_PATH, Parent path doesn't contain an index",
  })
  void refuses_what_is_no_path(String text, Problem problem, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            EditException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessage(message);
  }

  private static Element text(int tag, String text) {
    return new Element(
        tag, Vr.SH, new Value.Bytes(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
  }

  private static Element sequence(int tag, DataSet... items) {
    return new Element(tag, Vr.SQ, new Value.Items(List.of(items)));
  }

  private static DataSet item(String code) {
    return DataSet.of(List.of(text(Tag.CodeValue, code)));
  }

  private static DataSet without(String path, DataSet dataSet) {
    TagPath parsed = parse(path);
    return parsed.change(dataSet, in -> in.toBuilder().remove(parsed.tag()).build());
  }

  @Test
  void leads_to_one_item_or_to_all() {
    DataSet dataSet =
        DataSet.of(List.of(sequence(Tag.ProcedureCodeSequence, item("A1"), item("B2"))));
    assertThat(without("ProcedureCodeSequence[1].CodeValue", dataSet))
        .isEqualTo(
            DataSet.of(List.of(sequence(Tag.ProcedureCodeSequence, item("A1"), DataSet.EMPTY))));
    assertThat(without("ProcedureCodeSequence[*].CodeValue", dataSet))
        .isEqualTo(
            DataSet.of(List.of(sequence(Tag.ProcedureCodeSequence, DataSet.EMPTY, DataSet.EMPTY))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ProcedureCodeSequence[2].CodeValue",
        "ContentSequence[0].CodeValue",
        "PatientName[0].CodeValue",
        "ProcedureCodeSequence[0].ContentSequence[*].CodeValue"
      })
  void leaves_what_is_not_there(String path) {
    DataSet dataSet =
        DataSet.of(
            List.of(
                sequence(Tag.ProcedureCodeSequence, item("A1"), item("B2")),
                text(Tag.PatientName, "AB")));
    assertThat(without(path, dataSet)).isEqualTo(dataSet);
  }

  @Test
  void matches_the_places_that_it_means() {
    TagPath path = parse("ContentSequence[*].ConceptNameCodeSequence[0].CodeValue");
    List<Step> place =
        List.of(new Step(Tag.ContentSequence, 7), new Step(Tag.ConceptNameCodeSequence, 0));
    assertThat(path.matches(place, Tag.CodeValue)).isTrue();
    assertThat(path.matches(place, Tag.CodeMeaning)).isFalse();
    assertThat(path.matches(place.subList(0, 1), Tag.CodeValue)).isFalse();
    assertThat(
            path.matches(
                List.of(new Step(Tag.ContentSequence, 7), new Step(Tag.ConceptNameCodeSequence, 1)),
                Tag.CodeValue))
        .isFalse();
  }
}
