package org.ithil.web.tags;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.ithil.archive.json.JsonWriter;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.api.Test;

/** Data sets as tags JSON. */
class TagWriterTest {
  private static final SpecificCharacterSet LATIN1 = SpecificCharacterSet.of(List.of("ISO_IR 100"));

  @Test
  void describes_elements_in_full() throws Exception {
    assertThat(json(TagForm.FULL, text(Tag.PatientName, Vr.PN, "Doe^Jane ")))
        .isEqualTo(
            "{\"0010,0010\":{\"Name\":\"PatientName\",\"Type\":\"String\",\"Value\":\"Doe^Jane\"}}");
  }

  @Test
  void names_the_creator_of_private_elements_but_not_of_sequences() throws Exception {
    assertThat(
            json(
                TagForm.FULL,
                text(0x00990010, Vr.LO, "ACME"),
                text(0x00991001, Vr.LO, "x"),
                new Element(0x00991002, Vr.SQ, new Value.Items(List.of()))))
        .isEqualTo(
            "{\"0099,0010\":{\"Name\":\"PrivateCreator\",\"Type\":\"String\",\"Value\":\"ACME\"},"
                + "\"0099,1001\":{\"Name\":\"UnknownTag&Data\",\"PrivateCreator\":\"ACME\","
                + "\"Type\":\"String\",\"Value\":\"x\"},"
                + "\"0099,1002\":{\"Name\":\"UnknownTag&Data\",\"Type\":\"Sequence\",\"Value\":[]}}");
  }

  @Test
  void shows_the_last_of_elements_with_one_name_in_the_order_of_names() throws Exception {
    assertThat(
            json(
                TagForm.SIMPLIFIED,
                text(Tag.StudyDescription, Vr.LO, "s"),
                text(Tag.PatientName, Vr.PN, "n"),
                number(0x60000010, 4),
                number(0x60020010, 5)))
        .isEqualTo("{\"OverlayRows\":\"5\",\"PatientName\":\"n\",\"StudyDescription\":\"s\"}");
  }

  @Test
  void shows_256_bytes_of_text_but_not_257() throws Exception {
    assertThat(json(TagForm.SHORT, text(Tag.ImageComments, Vr.LT, "x".repeat(256) + "    ")))
        .isEqualTo("{\"0020,4000\":\"" + "x".repeat(256) + "\"}");
    assertThat(json(TagForm.SHORT, text(Tag.ImageComments, Vr.LT, "x".repeat(257))))
        .isEqualTo("{\"0020,4000\":null}");
    assertThat(json(TagForm.FULL, text(Tag.ImageComments, Vr.LT, "é".repeat(129))))
        .contains("\"Type\":\"TooLong\",\"Value\":null");
  }

  @Test
  void shows_long_values_that_are_asked_for_wherever_they_lie() throws Exception {
    DataSet dataSet =
        DataSet.of(
            List.of(
                new Element(Tag.ImageComments, Vr.LT, new Value.Located(2, 300, false)),
                new Element(Tag.Rows, Vr.US, new Value.Located(0, 2, true)),
                new Element(Tag.PixelData, Vr.OW, new Value.Located(0, 300, false))));
    ByteSource values =
        ByteSource.of(("\0\1" + "y".repeat(300)).getBytes(StandardCharsets.US_ASCII));
    TagChoice choice =
        new TagChoice(TagForm.SHORT, Set.of(Tag.ImageComments, Tag.Rows, Tag.PixelData));
    assertThat(json(choice, dataSet, values))
        .isEqualTo(
            "{\"0020,4000\":\"" + "y".repeat(300) + "\",\"0028,0010\":\"1\",\"7fe0,0010\":null}");
  }

  @Test
  void says_that_located_text_is_too_long_without_reading_it() throws Exception {
    DataSet dataSet =
        DataSet.of(
            List.of(new Element(Tag.ImageComments, Vr.LT, new Value.Located(0, 1L << 40, false))));
    assertThat(json(TagChoice.of(TagForm.FULL), dataSet, ByteSource.of(new byte[0])))
        .contains("\"TooLong\"");
  }

  @Test
  void reads_text_of_items_by_the_character_set_of_the_item() throws Exception {
    DataSet greek =
        DataSet.of(
            List.of(
                text(Tag.SpecificCharacterSet, Vr.CS, "ISO_IR 126"),
                text(Tag.CodeMeaning, Vr.LO, "\u00e1")));
    DataSet latin = DataSet.of(List.of(text(Tag.CodeMeaning, Vr.LO, "\u00e1")));
    assertThat(
            json(
                TagForm.SHORT,
                new Element(
                    Tag.ReferencedImageSequence, Vr.SQ, new Value.Items(List.of(greek, latin)))))
        .isEqualTo(
            "{\"0008,1140\":[{\"0008,0005\":\"ISO_IR126\",\"0008,0104\":\"\\u03b1\"},"
                + "{\"0008,0104\":\"\\u00e1\"}]}");
  }

  @Test
  void has_no_value_for_bytes_fragments_and_empty_numbers() throws Exception {
    assertThat(
            json(
                TagForm.FULL,
                new Element(Tag.Rows, Vr.US, Value.EMPTY),
                new Element(
                    Tag.PixelData, Vr.OB, new Value.Fragments(List.of(Value.EMPTY, Value.EMPTY)))))
        .isEqualTo(
            "{\"0028,0010\":{\"Name\":\"Rows\",\"Type\":\"Null\",\"Value\":null},"
                + "\"7fe0,0010\":{\"Name\":\"PixelData\",\"Type\":\"Null\",\"Value\":null}}");
  }

  @Test
  void shows_uids_without_blanks() throws Exception {
    assertThat(json(TagForm.SHORT, text(Tag.StudyInstanceUID, Vr.UI, "1. 2 .3\0")))
        .isEqualTo("{\"0020,000d\":\"1.2.3\"}");
  }

  private static Element text(int tag, Vr vr, String text) {
    return new Element(tag, vr, new Value.Bytes(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Element number(int tag, int number) {
    return new Element(tag, Vr.US, new Value.Bytes(new byte[] {(byte) number, 0}));
  }

  private static String json(TagForm form, Element... elements) throws IOException {
    return json(TagChoice.of(form), DataSet.of(List.of(elements)), ByteSource.of(new byte[0]));
  }

  /** Without blanks. */
  private static String json(TagChoice choice, DataSet dataSet, ByteSource values)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter json = new JsonWriter(out)) {
      new TagWriter(Dictionary.withPrivateTags(), LATIN1, choice).write(dataSet, values, json);
    }
    return out.toString(StandardCharsets.US_ASCII).replaceAll("[ \n]", "");
  }
}
