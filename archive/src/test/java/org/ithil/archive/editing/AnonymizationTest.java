package org.ithil.archive.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ithil.archive.editing.Requests.editing;
import static org.ithil.archive.editing.Requests.json;
import static org.ithil.archive.editing.Requests.text;
import static org.ithil.archive.editing.Requests.textOf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for anonymizations, and the order in which their parts count. */
class AnonymizationTest {
  private static final String PHRASE = "a pass phrase nobody knows";
  private static final Editing.Draw DRAW = new Editing.Draw(new byte[32], 7);

  private static DataSet source() {
    DataSet item =
        DataSet.of(
            List.of(
                text(Tag.PatientID, Vr.LO, "P1"),
                text(Tag.StudyInstanceUID, Vr.UI, "1.2.77"),
                text(Tag.StudyDescription, Vr.LO, "inside")));
    return DataSet.of(
        List.of(
            text(Tag.SOPInstanceUID, Vr.UI, "1.2.77.1.1"),
            text(Tag.StudyDescription, Vr.LO, "outside"),
            new Element(Tag.ProcedureCodeSequence, Vr.SQ, new Value.Items(List.of(item))),
            text(Tag.PatientName, Vr.PN, "Some^Body"),
            text(Tag.PatientID, Vr.LO, "P1"),
            text(Tag.StudyInstanceUID, Vr.UI, "1.2.77"),
            text(Tag.SeriesInstanceUID, Vr.UI, "1.2.77.1")));
  }

  private static DataSet anonymized(String request) {
    return anonymized(json(request), DRAW);
  }

  private static DataSet anonymized(JsonValue.Members request, Editing.Draw draw) {
    return editing()
        .anonymization(request, Level.INSTANCE, draw)
        .apply(Requests.file(source()))
        .dataSet();
  }

  private static DataSet item(DataSet dataSet) {
    Element sequence = dataSet.get(Tag.ProcedureCodeSequence);
    assertThat(sequence).isNotNull();
    return sequence.items().getFirst();
  }

  @Test
  void gives_a_number_and_the_name_of_the_profile() {
    DataSet after = anonymized("{}");
    assertThat(textOf(after, Tag.PatientName)).isEqualTo("Anonymized7");
    assertThat(textOf(after, Tag.DeidentificationMethod))
        .isEqualTo("Orthanc 1.13.0 - PS 3.15-2023b Table E.1-1 Basic Profile");
    assertThat(textOf(anonymized("{'DicomVersion':'2008'}"), Tag.DeidentificationMethod))
        .isEqualTo("Orthanc 1.13.0 - PS 3.15-2008 Table E.1-1");
    assertThat(textOf(anonymized("{'Remove':['Modality']}"), Tag.DeidentificationMethod))
        .isEqualTo("Orthanc 1.13.0");
    assertThat(after.contains(Tag.StudyDescription)).isFalse();
  }

  /** As recorded in anonymize-instance/nested-0 to nested-4, which want tools/create-dicom. */
  @Test
  void identifiers_in_items_follow_as_the_reference_has_it() {
    DataSet plain = anonymized("{}");
    assertThat(textOf(item(plain), Tag.StudyInstanceUID))
        .isEqualTo(textOf(plain, Tag.StudyInstanceUID));
    assertThat(textOf(item(plain), Tag.PatientID)).isEqualTo(textOf(plain, Tag.PatientID));
    DataSet replaced =
        anonymized("{'Replace':{'PatientID':'R','StudyInstanceUID':'1.5'},'Force':true}");
    assertThat(textOf(replaced, Tag.PatientID)).isEqualTo("R");
    assertThat(textOf(item(replaced), Tag.PatientID)).isEqualTo("P1");
    assertThat(textOf(item(replaced), Tag.StudyInstanceUID)).isEqualTo("1.5");
    DataSet kept = anonymized("{'Keep':['StudyInstanceUID','PatientID'],'Force':true}");
    assertThat(textOf(kept, Tag.StudyInstanceUID)).isEqualTo("1.2.77");
    assertThat(textOf(item(kept), Tag.StudyInstanceUID)).isNotEqualTo("1.2.77");
    assertThat(textOf(item(kept), Tag.PatientID)).isEqualTo("P1");
    DataSet path = anonymized("{'Keep':['ProcedureCodeSequence[0].StudyInstanceUID']}");
    assertThat(textOf(item(path), Tag.StudyInstanceUID)).isEqualTo("1.2.77");
    assertThat(textOf(path, Tag.StudyInstanceUID)).isNotEqualTo("1.2.77");
  }

  @Test
  void keep_wins_over_replace_and_remove_and_replace_over_remove() {
    assertThat(
            textOf(
                anonymized("{'Replace':{'StudyDescription':'R'},'Keep':['StudyDescription']}"),
                Tag.StudyDescription))
        .isEqualTo("outside");
    assertThat(
            textOf(
                anonymized("{'Remove':['StudyDescription'],'Keep':['StudyDescription']}"),
                Tag.StudyDescription))
        .isEqualTo("outside");
    assertThat(textOf(anonymized("{'Remove':['StudyID'],'Replace':{'StudyID':'R'}}"), Tag.StudyID))
        .isEqualTo("R");
  }

  @Test
  void options_are_the_standards_profile() {
    DataSet after = anonymized("{'Options':['RetainUIDs']}");
    assertThat(textOf(after, Tag.StudyInstanceUID)).isEqualTo("1.2.77");
    assertThat(textOf(after, Tag.DeidentificationMethod))
        .isEqualTo("Ithil - PS3.15-2024e Table E.1-1 Basic Profile");
    Element codes = after.get(Tag.DeidentificationMethodCodeSequence);
    assertThat(codes).isNotNull();
    assertThat(codes.items())
        .extracting(code -> textOf(code, Tag.CodeValue))
        .containsExactly("113100", "113110");
    assertThat(textOf(after, Tag.LongitudinalTemporalInformationModified)).isEqualTo("REMOVED");
    assertThat(
            anonymized("{'Options':[],'Keep':['StudyDescription']}")
                .contains(Tag.DeidentificationMethodCodeSequence))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{'DicomVersion':'2008a'}; BAD_PATH; Unknown specific version of the DICOM standard: 2008a",
        "{'DicomVersion':2021}; BAD_VALUE; DicomVersion should be a string",
        "{'KeepPrivateTags':'yes'}; BAD_VALUE; Member \"KeepPrivateTags\" should be a Boolean"
            + " value",
        "{'Options':{}}; BAD_VALUE; Options should be an array",
        "{'Options':[1]}; BAD_VALUE; Options should be an array of names",
        "{'Options':['retainuids']}; BAD_PATH; Unknown option of de-identification: retainuids",
        "{'Options':['RetainLongitudinalFullDates','RetainLongitudinalModifiedDates']};"
            + " BAD_REQUEST; Dates can be retained in full or modified, not both",
        "{'Options':[],'DicomVersion':'2008'}; BAD_REQUEST;"
            + " Options are of the current standard: without DicomVersion",
        "{'MaskPixels':{}}; BAD_VALUE; MaskPixels should be an array",
        "{'MaskPixels':[[]]}; BAD_VALUE; MaskPixels should be an array of objects",
        "{'MaskPixels':[{'X':0,'Y':0,'Width':0,'Height':1}]}; BAD_VALUE;"
            + " Width of MaskPixels should be a number of pixels, at least 1",
        "{'MaskPixels':[{'X':-1,'Y':0,'Width':1,'Height':1}]}; BAD_VALUE;"
            + " X of MaskPixels should be a number of pixels, at least 0",
        "{'MaskPixels':[{'X':0,'Y':0,'Width':1,'Height':1,'Manufacturer':1}]}; BAD_VALUE;"
            + " Manufacturer of MaskPixels should be a string"
      })
  void says_what_is_wrong(String request, Problem problem, String message) {
    assertThatThrownBy(() -> anonymized(request))
        .isInstanceOfSatisfying(
            EditException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessage(message);
  }

  @Test
  void a_pseudonym_key_gives_the_same_patient_and_is_kept_nowhere(@TempDir Path folder)
      throws IOException {
    JsonValue.Members request = json("{'PseudonymKey':'" + PHRASE + "','Options':[]}");
    JsonValue.Members sealed = AnonymizationDraw.withoutSecrets(request);
    assertThat(sealed.toString()).doesNotContain(PHRASE);
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      Editing.Draw draw = AnonymizationDraw.draw(index, request, new byte[32]);
      assertThat(new String(draw.key(), StandardCharsets.ISO_8859_1)).doesNotContain(PHRASE);
      DataSet direct = anonymized(request, new Editing.Draw(new byte[16], 99));
      DataSet later = anonymized(sealed, draw);
      assertThat(later).isEqualTo(direct);
      assertThat(textOf(later, Tag.PatientName))
          .isEqualTo(textOf(later, Tag.PatientID))
          .matches("[A-Z2-9]{16}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"'tellme'", "true", "17", "null"})
  void a_pseudonym_key_that_is_none_is_refused_without_being_shown(String key, @TempDir Path folder)
      throws IOException {
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      assertThatThrownBy(() ->
              AnonymizationDraw.draw(index, json("{'PseudonymKey':" + key + "}"), new byte[32]))
          .isInstanceOf(EditException.class)
          .hasMessageNotContaining(key.replace("'", ""));
    }
  }

  @Test
  void counts_in_the_database(@TempDir Path folder) throws IOException {
    byte[] random = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      Editing.Draw first = AnonymizationDraw.draw(index, json("{}"), random);
      assertThat(first.number()).isEqualTo(1);
      assertThat(Arrays.equals(first.key(), random)).isTrue();
      assertThat(AnonymizationDraw.draw(index, json("{}"), random).number()).isEqualTo(2);
    }
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      assertThat(AnonymizationDraw.draw(index, json("{}"), random).number()).isEqualTo(3);
    }
  }
}
