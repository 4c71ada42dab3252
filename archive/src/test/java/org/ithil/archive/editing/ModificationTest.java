package org.ithil.archive.editing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ithil.archive.editing.Requests.UIDS;
import static org.ithil.archive.editing.Requests.editing;
import static org.ithil.archive.editing.Requests.instance;
import static org.ithil.archive.editing.Requests.item;
import static org.ithil.archive.editing.Requests.json;
import static org.ithil.archive.editing.Requests.modified;
import static org.ithil.archive.editing.Requests.sequence;
import static org.ithil.archive.editing.Requests.text;
import static org.ithil.archive.editing.Requests.textOf;

import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Modifications: which tags and identifiers change, and in which order. */
class ModificationTest {
  private static Element us(int tag, int number) {
    return new Element(tag, Vr.US, new Value.Bytes(new byte[] {(byte) number, 0}));
  }

  @Test
  void changes_nothing_but_the_instance_when_nothing_is_asked_for() {
    DataSet source = instance();
    assertThat(modified("{}", source))
        .isEqualTo(source.with(Requests.uid(Tag.SOPInstanceUID, UIDS.map("1.2.3.4"))));
  }

  @ParameterizedTest
  @CsvSource({
    "INSTANCE, false, false, true",
    "SERIES, false, true, true",
    "STUDY, true, true, true",
    "PATIENT, true, true, true"
  })
  void a_level_changes_its_identifier_and_those_below(
      Level level, boolean study, boolean series, boolean instance) {
    DataSet after = modified("{}", level, Covered.NOTHING, instance());
    assertThat(textOf(after, Tag.StudyInstanceUID)).isEqualTo(study ? UIDS.map("1.2") : "1.2");
    assertThat(textOf(after, Tag.SeriesInstanceUID))
        .isEqualTo(series ? UIDS.map("1.2.3") : "1.2.3");
    assertThat(textOf(after, Tag.SOPInstanceUID))
        .isEqualTo(instance ? UIDS.map("1.2.3.4") : "1.2.3.4");
  }

  @ParameterizedTest
  @CsvSource({
    "PatientID, PATIENT",
    "StudyInstanceUID, STUDY",
    "'0020,000e', SERIES",
    "SOPInstanceUID, INSTANCE",
    "StudyDescription, INSTANCE"
  })
  void the_highest_identifier_that_is_replaced_gives_the_level(String tag, Level level) {
    assertThat(editing().levelOf(json("{'Replace':{'" + tag + "':'1.2.9'},'Force':true}")))
        .isEqualTo(level);
  }

  @Test
  void replaced_and_kept_identifiers_are_not_made_anew() {
    DataSet after =
        modified(
            "{'Replace':{'StudyInstanceUID':'1.9'},'Keep':['SeriesInstanceUID'],'Force':true}",
            instance());
    assertThat(textOf(after, Tag.StudyInstanceUID)).isEqualTo("1.9");
    assertThat(textOf(after, Tag.SeriesInstanceUID)).isEqualTo("1.2.3");
    assertThat(textOf(after, Tag.SOPInstanceUID)).isEqualTo(UIDS.map("1.2.3.4"));
  }

  @ParameterizedTest
  @CsvSource({"replaced, Replace, {'X':'1'}", "kept, Keep, ['X']", "removed, Remove, ['X']"})
  void identifiers_need_force(String done, String field, String value) {
    for (String tag :
        new String[] {"PatientID", "StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID"}) {
      String request = "{'" + field + "':" + value.replace("X", tag).replace(';', ',') + "}";
      assertThatThrownBy(() -> modified(request, instance()))
          .isInstanceOf(EditException.class)
          .hasMessage(
              "Marking tag \""
                  + tag
                  + "\" as to be "
                  + done
                  + " requires the \"Force\" option to be set to true");
    }
  }

  @Test
  void identifiers_cannot_be_removed() {
    assertThatThrownBy(() -> modified("{'Remove':['0010-0020'],'Force':true}", instance()))
        .hasMessage("It is forbidden to remove one of the main Dicom identifiers");
  }

  @Test
  void replaces_what_it_has_removed() {
    DataSet after =
        modified(
            "{'Remove':['PatientName','Modality'],'Replace':{'PatientName':'C'}}",
            instance(text(Tag.Modality, Vr.CS, "CT")));
    assertThat(textOf(after, Tag.PatientName)).isEqualTo("C");
    assertThat(after.contains(Tag.Modality)).isFalse();
  }

  @Test
  void of_two_names_for_one_tag_the_last_counts() {
    DataSet after = modified("{'Replace':{'PatientName':'1','0010,0010':'2'}}", instance());
    assertThat(textOf(after, Tag.PatientName)).isEqualTo("1");
  }

  @Test
  void removes_private_tags_of_the_data_set_but_not_of_items() {
    Element maker = text(0x00090010, Vr.LO, "Me");
    DataSet after =
        modified(
            "{'RemovePrivateTags':true,'Replace':{'0009,1001':'new'}}",
            instance(
                maker,
                text(0x00091002, Vr.LO, "gone"),
                sequence(Tag.ContentSequence, Requests.dataSet(maker))));
    assertThat(after.contains(0x00090010)).isFalse();
    assertThat(after.contains(0x00091002)).isFalse();
    assertThat(after.contains(0x00091001)).isTrue();
    assertThat(item(after, Tag.ContentSequence, 0).contains(0x00090010)).isTrue();
  }

  @Test
  void writes_private_tags_that_the_dictionary_knows_of_the_creator() {
    String tags =
        "'Replace':{'MyCreator':'My Company','MyText':'<x/>','MyList':[{'PatientID':'1'}]}";
    DataSet known = modified("{" + tags + ",'PrivateCreator':'My Company'}", instance());
    assertThat(known.get(0x04050010)).isEqualTo(text(0x04050010, Vr.LO, "My Company"));
    assertThat(known.get(0x04051001)).isEqualTo(text(0x04051001, Vr.ST, "<x/>"));
    assertThat(textOf(item(known, 0x04051002, 0), Tag.PatientID)).isEqualTo("1");
    Element unknown = modified("{" + tags + "}", instance()).get(0x04051001);
    assertThat(unknown).isNotNull();
    assertThat(unknown.vr()).isEqualTo(Vr.UN);
  }

  @Test
  void changes_items_last() {
    DataSet after =
        modified(
            "{'Replace':{'ContentSequence[0].TextValue':'in','ContentSequence':[{},{}]},"
                + "'Remove':['ContentSequence[*].CodeValue']}",
            instance());
    assertThat(textOf(item(after, Tag.ContentSequence, 0), Tag.TextValue)).isEqualTo("in");
    assertThat(item(after, Tag.ContentSequence, 1).isEmpty()).isTrue();
  }

  @Test
  void text_is_converted_to_the_set_that_is_asked_for_if_that_is_wanted() {
    DataSet source =
        instance(
            text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 100"),
            text(Tag.PatientName, Vr.PN, "Jérôme"));
    DataSet after =
        modified(
            "{'Replace':{'SpecificCharacterSet':'ISO_IR 192','PatientComments':'山'},"
                + "'ConvertText':true}",
            source);
    assertThat(textOf(after, Tag.PatientName)).isEqualTo("Jérôme");
    assertThat(textOf(after, Tag.PatientComments)).isEqualTo("山");
    assertThat(textOf(after, Tag.SpecificCharacterSet)).isEqualTo("ISO_IR 192");
  }

  @Test
  void a_wrong_declaration_is_corrected_without_touching_the_text() {
    DataSet source =
        instance(
            text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192"),
            text(Tag.PatientName, Vr.PN, "Jérôme"));
    DataSet after =
        modified("{'Replace':{'SpecificCharacterSet':'ISO_IR 100','PatientComments':'é'}}", source);
    assertThat(after.get(Tag.PatientName)).isEqualTo(source.get(Tag.PatientName));
    assertThat(textOf(after, Tag.PatientComments)).isEqualTo("é");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOPE", "", "ISO_IR 192\\\\NOPE"})
  void text_stays_with_a_set_that_is_none(String set) {
    DataSet source =
        instance(
            text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 100"),
            text(Tag.PatientName, Vr.PN, "Jérôme"));
    DataSet after =
        modified(
            "{'Replace':{'SpecificCharacterSet':'" + set + "','PatientComments':'é'}}", source);
    assertThat(after.get(Tag.PatientName)).isEqualTo(source.get(Tag.PatientName));
    assertThat(after.get(Tag.PatientComments)).isEqualTo(text(Tag.PatientComments, Vr.LT, "é"));
  }

  @Test
  void an_item_with_a_set_of_its_own_gets_text_in_it() {
    DataSet own = Requests.dataSet(text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 192"));
    DataSet after =
        modified(
            "{'Replace':{'ContentSequence[*].PatientName':'é',"
                + "'RequestAttributesSequence':[{'PatientName':'é','0008,0005':'ISO_IR 192'}]}}",
            instance(sequence(Tag.ContentSequence, own)));
    assertThat(textOf(item(after, Tag.ContentSequence, 0), Tag.PatientName)).isEqualTo("é");
    assertThat(textOf(item(after, Tag.RequestAttributesSequence, 0), Tag.PatientName))
        .isEqualTo("é");
  }

  @Test
  void signs_numbers_as_the_pixels_are() {
    String request = "{'Replace':{'SmallestImagePixelValue':'-5'}}";
    DataSet after = modified(request, instance(us(Tag.PixelRepresentation, 1)));
    assertThat(after.integer(Tag.SmallestImagePixelValue)).hasValue(-5);
    assertThatThrownBy(() -> modified(request, instance())).isInstanceOf(EditException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TransferSyntaxUID", "0000,0000", "0010,0000", "fffe,e000"})
  void leaves_out_what_is_no_part_of_a_data_set(String tag) {
    assertThat(modified("{'Replace':{'" + tag + "':'1'}}", instance()))
        .isEqualTo(modified("{}", instance()));
  }

  @Test
  void takes_pixels_as_bytes_or_as_a_picture() {
    DataSet source = instance(us(Tag.BitsAllocated, 16), text(Tag.NumberOfFrames, Vr.IS, "30"));
    DataSet raw =
        modified("{'Replace':{'PixelData':'data:application/x;base64,AAECAwQ='}}", source);
    assertThat(raw.get(Tag.PixelData))
        .isEqualTo(
            new Element(Tag.PixelData, Vr.OW, new Value.Bytes(new byte[] {0, 1, 2, 3, 4, 0})));
    DataSet picture = modified("{'Replace':{'PixelData':'data:image/png;base64,AAE='}}", source);
    assertThat(textOf(picture, Tag.PhotometricInterpretation)).isEqualTo("image/png");
    assertThat(textOf(picture, Tag.NumberOfFrames)).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'Replace':1}|BAD_REQUEST|''",
        "{'Replace':[]}|BAD_REQUEST|''",
        "{'Remove':{}}|BAD_REQUEST|''",
        "{'Remove':[1]}|BAD_REQUEST|''",
        "{'Keep':'x'}|BAD_REQUEST|''",
        "{'Keep':['Nonsense']}|UNKNOWN_TAG|Nonsense",
        "{'Force':1}|BAD_VALUE|Member \"Force\" should be a Boolean value",
        "{'RemovePrivateTags':1}|BAD_VALUE|Member \"RemovePrivateTags\" should be a Boolean value",
        "{'PrivateCreator':3}|BAD_VALUE|String value expected in field: PrivateCreator",
        "{'Replace':{'PatientName':5}}|BAD_TYPE|Bad Parameter type for tag 0010,0010",
        "{'Replace':{'PatientName':[]}}|BAD_TYPE|Bad Parameter type for tag 0010,0010",
        "{'Replace':{'ContentSequence':{}}}|BAD_TYPE|Bad Parameter type for tag 0040,a730",
        "{'Replace':{'ContentSequence':['x']}}|BAD_TYPE|''",
        "{'Replace':{'ContentSequence':[{'PatientName':1}]}}|BAD_TYPE"
            + "|Bad Parameter type for tag 0010,0010",
        "{'Replace':{'ContentSequence':[{'Nonsense':''}]}}|UNKNOWN_TAG|Nonsense",
        "{'Replace':{'ContentSequence':[{'A[0].B':''}]}}|UNKNOWN_TAG|A",
        "{'Replace':{'ContentSequence':[{'ContentSequence[0].CodeValue':''}]}}|UNKNOWN_TAG"
            + "|ContentSequence[0].CodeValue"
      })
  void refuses_a_request_without_looking_at_a_file(String request, Problem problem, String why) {
    assertThatThrownBy(() ->
            editing().modification(json(request), Level.INSTANCE, Requests.DRAW, Covered.NOTHING))
        .isInstanceOfSatisfying(
            EditException.class, e -> assertThat(e.problem()).isEqualTo(problem))
        .hasMessage(why);
  }

  @Test
  void refuses_values_when_it_meets_a_file() {
    var edit =
        editing()
            .modification(
                json("{'Replace':{'Rows':'abc'}}"), Level.INSTANCE, Requests.DRAW, Covered.NOTHING);
    assertThatThrownBy(() -> edit.apply(Requests.file(instance())))
        .hasMessage(
            "While creating a DICOM instance, tag (0028,0010) has out-of-range value: \"abc\"");
  }
}
