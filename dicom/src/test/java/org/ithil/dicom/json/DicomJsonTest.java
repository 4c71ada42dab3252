package org.ithil.dicom.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The DICOM JSON Model, PS3.18 F. */
class DicomJsonTest {
  private static final String GOLDEN =
      "{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 192\"]},"
          + "\"00080008\":{\"vr\":\"CS\",\"Value\":[\"ONE\",null,\"TWO\"]},"
          + "\"00080020\":{\"vr\":\"DA\"},"
          + "\"00081140\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}},{}]},"
          + "\"00081199\":{\"vr\":\"SQ\"},"
          + "\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Alphabetic\":\"Wang^XiaoDong\",\"Ideographic\":\"王^小東\"}]},"
          + "\"00104000\":{\"vr\":\"LT\",\"Value\":[\"a\\\\b\\r\\n\\\"c\\\"\"]},"
          + "\"00186020\":{\"vr\":\"SL\",\"Value\":[-1,2147483647]},"
          + "\"00186028\":{\"vr\":\"FD\",\"Value\":[1.5,null,1e+9999,-1e+9999,-2]},"
          + "\"00200013\":{\"vr\":\"IS\",\"Value\":[12]},"
          + "\"00200032\":{\"vr\":\"DS\",\"Value\":[\"1.50\",\"-2e10\",\"3\"]},"
          + "\"00280009\":{\"vr\":\"AT\",\"Value\":[\"00181063\",\"7FE00010\"]},"
          + "\"00280010\":{\"vr\":\"US\",\"Value\":[65535]},"
          + "\"00420011\":{\"vr\":\"OB\",\"InlineBinary\":\"AQID/w==\"},"
          + "\"0099100E\":{\"vr\":\"UV\",\"Value\":[18446744073709551615]}}";

  private static List<DataSet> read(String json) throws IOException {
    return new DicomJsonReader(TextLimits.DEFAULT, BulkData.Source.none())
        .read(new StringReader(json));
  }

  private static String write(DataSet dataSet, ByteSource values, BulkData bulk)
      throws IOException {
    StringBuilder out = new StringBuilder();
    new DicomJsonWriter(values, bulk).write(dataSet, SpecificCharacterSet.ASCII, out);
    return out.toString();
  }

  private static String write(DataSet dataSet) throws IOException {
    return write(dataSet, BulkData.noSource(), BulkData.inline());
  }

  private static Element text(int tag, Vr vr, String text) {
    return new Element(tag, vr, ValueText.parse(vr, List.of(text)));
  }

  @Test
  void reads_and_writes_all_kinds_of_values() throws IOException {
    DataSet dataSet = read(GOLDEN).getFirst();
    assertThat(write(dataSet)).isEqualTo(GOLDEN);
    assertThat(dataSet.get(0x00080008).bytes())
        .isEqualTo("ONE\\\\TWO".getBytes(StandardCharsets.US_ASCII));
    assertThat(dataSet.get(0x00280009).bytes())
        .isEqualTo(new byte[] {0x18, 0, 0x63, 0x10, (byte) 0xe0, 0x7f, 0x10, 0});
    assertThat(dataSet.get(0x00081140).items()).hasSize(2);
    assertThat(dataSet.get(0x00420011).bytes()).isEqualTo(new byte[] {1, 2, 3, -1});
  }

  @Test
  void writes_text_of_other_character_sets() throws IOException {
    Value name = new Value.Bytes("Buc^J\u00e9r\u00f4me ".getBytes(StandardCharsets.ISO_8859_1));
    DataSet dataSet =
        DataSet.of(
            List.of(text(0x00080005, Vr.CS, "ISO_IR 100"), new Element(0x00100010, Vr.PN, name)));
    assertThat(write(dataSet)).contains("\"Alphabetic\":\"Buc^Jérôme\"");
  }

  @Test
  void shows_the_groups_of_a_name_that_are_there_even_if_empty() throws IOException {
    DataSet dataSet = DataSet.of(List.of(text(0x00100010, Vr.PN, "A=B=")));
    assertThat(write(dataSet))
        .contains("{\"Alphabetic\":\"A\",\"Ideographic\":\"B\",\"Phonetic\":\"\"}");
  }

  @Test
  void leaves_group_lengths_out() throws IOException {
    DataSet dataSet =
        DataSet.of(
            List.of(
                new Element(0x00080000, Vr.UL, new Value.Bytes(new byte[4])),
                text(0x00080060, Vr.CS, "CT")));
    assertThat(write(dataSet)).isEqualTo("{\"00080060\":{\"vr\":\"CS\",\"Value\":[\"CT\"]}}");
  }

  @Test
  void asks_what_to_show_of_binary_values() throws IOException {
    Element inner = new Element(0x00091001, Vr.OB, new Value.Bytes(new byte[] {1, 2}));
    DataSet item = DataSet.of(List.of(inner));
    DataSet dataSet =
        DataSet.of(
            List.of(
                new Element(0x00081140, Vr.SQ, new Value.Items(List.of(DataSet.EMPTY, item))),
                new Element(0x00189810, Vr.OW, new Value.Bytes(new byte[] {1, 0, -1, -1})),
                new Element(0x00420011, Vr.OB, Value.EMPTY),
                new Element(0x7fe00010, Vr.OB, new Value.Fragments(List.of(Value.EMPTY)))));
    BulkData uris =
        (path, element) ->
            element.vr() == Vr.OW
                ? new BulkData.Shown.Values()
                : new BulkData.Shown.Uri("b/" + path + Integer.toHexString(element.tag()));
    assertThat(write(dataSet, BulkData.noSource(), uris))
        .isEqualTo(
            "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[{},{\"00091001\":{\"vr\":\"OB\",\"BulkDataURI\":\"b/[Step[sequence=528704,"
                + " item=2]]91001\"}}]},\"00189810\":{\"vr\":\"OW\",\"Value\":[1,65535]},"
                + "\"00420011\":{\"vr\":\"OB\"},"
                + "\"7FE00010\":{\"vr\":\"OB\",\"BulkDataURI\":\"b/[]7fe00010\"}}");
    assertThat(write(dataSet))
        .doesNotContain("7FE00010")
        .contains("\"InlineBinary\":\"AQA=\"".replace("AQA=", "AQD//w=="));
  }

  @Test
  void shows_located_values_in_pieces_and_in_little_endian() throws IOException {
    byte[] swapped = new byte[200_000];
    new Random(1).nextBytes(swapped);
    byte[] little = swapped.clone();
    for (int i = 0; i < little.length; i += 2) {
      little[i] = swapped[i + 1];
      little[i + 1] = swapped[i];
    }
    Element pixels = new Element(0x7fe00010, Vr.OW, new Value.Located(0, swapped.length, true));
    String json = write(DataSet.of(List.of(pixels)), ByteSource.of(swapped), BulkData.inline());
    assertThat(read(json).getFirst().get(0x7fe00010).bytes()).isEqualTo(little);
  }

  @Test
  void finds_bulk_data_by_its_uri() throws IOException {
    DicomJsonReader reader =
        new DicomJsonReader(
            TextLimits.DEFAULT,
            (tag, uri) -> new Value.Bytes(uri.getBytes(StandardCharsets.UTF_8)));
    DataSet dataSet =
        reader
            .read(new StringReader("{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"abcd\"}}"))
            .getFirst();
    assertThat(dataSet.get(0x7fe00010).bytes()).isEqualTo(new byte[] {'a', 'b', 'c', 'd'});
    refuses(
        "{\"7FE00010\":{\"vr\":\"OW\",\"BulkDataURI\":\"abcd\"}}",
        DicomTextException.Problem.UNKNOWN_BULK_DATA);
  }

  @Test
  void reads_arrays_and_looks_representations_up() throws IOException {
    List<DataSet> dataSets = read(" [ {\"00100020\":{\"Value\":[\"x\"]}} , {} ] ");
    assertThat(dataSets).hasSize(2);
    assertThat(dataSets.getFirst().get(0x00100020).vr()).isEqualTo(Vr.LO);
    assertThat(read("[]")).isEmpty();
  }

  @Test
  void declares_utf_8_for_text_beyond_ascii() throws IOException {
    DataSet dataSet =
        read("{\"00080005\":{\"vr\":\"CS\",\"Value\":[\"ISO_IR 100\"]},"
                + "\"00100020\":{\"vr\":\"LO\",\"Value\":[\"x\"]}}")
            .getFirst();
    assertThat(dataSet.ascii(0x00080005)).hasValue("ISO_IR 192");
    DataSet added = read("{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"\\u00e9\"]}}").getFirst();
    assertThat(added.ascii(0x00080005)).hasValue("ISO_IR 192");
    assertThat(added.text(0x00100020, SpecificCharacterSet.ASCII)).hasValue("é");
    assertThat(read("{\"00100020\":{\"vr\":\"LO\"}}").getFirst().contains(0x00080005)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[1,]",
        "{\"a\":1,}",
        "{a:1}",
        "nul",
        "01",
        "\"\t\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "[1 2]",
        "{} {}",
        "{\"a\":1,\"a\":2}",
        "'a'",
        "+1",
        "1.",
        "/**/{}",
        "NaN",
        "\"abc",
        "-",
        "[",
        "{\"a\"",
        "\ufeff{}"
      })
  void refuses_what_is_no_json(String json) {
    refuses(json, DicomTextException.Problem.SYNTAX);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "\"x\"",
        "[1]",
        "{\"PatientID\":{\"vr\":\"LO\"}}",
        "{\"0010,0020\":{\"vr\":\"LO\"}}",
        "{\"00100020\":1}",
        "{\"00100020\":{\"vr\":\"XX\"}}",
        "{\"00100020\":{\"vr\":\"lo\"}}",
        "{\"00100020\":{\"vr\":1}}",
        "{\"00100020\":{\"vr\":\"LO\",\"Value\":\"x\"}}",
        "{\"00100020\":{\"vr\":\"LO\",\"Value\":[\"x\"],\"InlineBinary\":\"eA==\"}}",
        "{\"0010002A\":{\"vr\":\"LO\"},\"0010002a\":{\"vr\":\"LO\"}}",
        "{\"00100010\":{\"vr\":\"PN\",\"Value\":[{\"Family\":\"x\"}]}}",
        "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[1]}}",
        "{\"00420011\":{\"vr\":\"OB\",\"InlineBinary\":[1]}}"
      })
  void refuses_json_of_another_form(String json) {
    refuses(json, DicomTextException.Problem.STRUCTURE);
  }

  @ParameterizedTest
  @CsvSource({
    "US, 65536",
    "US, -1",
    "US, 1.5",
    "US, 1e99999999",
    "US, \"x\"",
    "US, null",
    "SS, 32768",
    "UV, 18446744073709551616",
    "SV, 9223372036854775808",
    "FL, \"x\"",
    "FD, true",
    "AT, \"x\"",
    "LO, true",
    "LO, {}",
    "LO, \"a\\\\b\"",
    "PN, {\"Alphabetic\":1}",
    "PN, {\"Alphabetic\":\"a=b\"}"
  })
  void refuses_values_that_a_representation_cannot_hold(String vr, String value) {
    refuses(
        "{\"00991001\":{\"vr\":\"" + vr + "\",\"Value\":[" + value + "]}}",
        DicomTextException.Problem.BAD_VALUE);
  }

  @Test
  void refuses_base64_that_is_none() {
    refuses(
        "{\"00420011\":{\"vr\":\"OB\",\"InlineBinary\":\"@\"}}",
        DicomTextException.Problem.BAD_VALUE);
  }

  @Test
  void takes_64_nested_sequences_and_no_more() throws IOException {
    assertThat(write(read(nested(64)).getFirst())).isEqualTo(nested(64));
    refuses(nested(65), DicomTextException.Problem.TOO_DEEP);
    refuses("[".repeat(1_000_000), DicomTextException.Problem.TOO_DEEP);
    refuses("{\"a\":".repeat(1_000_000), DicomTextException.Problem.TOO_DEEP);
  }

  private static String nested(int depth) {
    return "{\"00081140\":{\"vr\":\"SQ\",\"Value\":[".repeat(depth) + "{}" + "]}}".repeat(depth);
  }

  @Test
  void refuses_text_that_is_too_long() {
    DicomJsonReader reader = new DicomJsonReader(new TextLimits(100, 64), BulkData.Source.none());
    assertThatThrownBy(() -> reader.read(new StringReader(" ".repeat(200) + "{}")))
        .isInstanceOfSatisfying(
            DicomTextException.class,
            e -> assertThat(e.problem()).isEqualTo(DicomTextException.Problem.TOO_LARGE));
  }

  private static void refuses(String json, DicomTextException.Problem problem) {
    assertThatThrownBy(() -> read(json))
        .isInstanceOfSatisfying(
            DicomTextException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  @Test
  void reads_any_damaged_document_or_refuses_it() throws IOException {
    Random random = new Random(20261124);
    int refused = 0;
    for (int round = 0; round < 20_000; round++) {
      char[] damaged = GOLDEN.toCharArray();
      for (int i = 0; i <= random.nextInt(4); i++) {
        int at = random.nextInt(damaged.length);
        damaged[at] =
            random.nextBoolean()
                ? GOLDEN.charAt(random.nextInt(GOLDEN.length()))
                : (char) random.nextInt(0x180);
      }
      int end = random.nextInt(4) == 0 ? random.nextInt(damaged.length) : damaged.length;
      try {
        for (DataSet dataSet : read(new String(Arrays.copyOf(damaged, end)))) {
          write(dataSet);
        }
      } catch (DicomTextException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }
}
