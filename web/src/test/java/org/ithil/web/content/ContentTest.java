package org.ithil.web.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.junit.jupiter.api.Test;

/** Paths into data sets, and raw values. */
class ContentTest {
  private static final Dictionary DICTIONARY = Dictionary.standard();

  private static final Element NAME = new Element(Tag.PatientName, Vr.PN, bytes("A^B "));
  private static final Element PIXELS =
      new Element(Tag.PixelData, Vr.OB, new Value.Fragments(List.of(bytes(""), bytes("xy"))));
  private static final DataSet ITEM = DataSet.of(List.of(NAME));
  private static final DataSet DATA_SET =
      DataSet.of(
          List.of(
              NAME,
              new Element(
                  Tag.ContentSequence, Vr.SQ, new Value.Items(List.of(ITEM, DataSet.EMPTY))),
              PIXELS));

  @Test
  void lists_the_elements_of_data_sets_and_items() {
    assertThat(at()).isEqualTo(names("0010-0010", "0040-a730", "7fe0-0010"));
    assertThat(at("0040-a730", "0")).isEqualTo(names("0010-0010"));
    assertThat(at("0040-a730", "1")).isEqualTo(names());
  }

  @Test
  void numbers_items_and_fragments() {
    assertThat(at("0040-A730")).isEqualTo(names("0", "1"));
    assertThat(at("PixelData")).isEqualTo(names("0", "1"));
  }

  @Test
  void finds_values_by_names_and_numbers_in_any_form() {
    Content name = new Content.Raw(NAME.value(), Vr.PN);
    assertThat(at("PatientName")).isEqualTo(name);
    assertThat(at("00100010")).isEqualTo(name);
    assertThat(at("0010,0010")).isEqualTo(name);
    assertThat(at("ContentSequence", "0", "PatientName")).isEqualTo(name);
    assertThat(at("7fe0-0010", "1")).isEqualTo(new Content.Raw(bytes("xy"), Vr.OB));
  }

  @Test
  void finds_nothing_beyond_what_is_there() {
    for (String[] path :
        new String[][] {
          {"0010-0020"},
          {"0010-0010", "0"},
          {"0040-a730", "2"},
          {"0040-a730", "-1"},
          {"0040-a730", "x"},
          {"0040-a730", "99999999999999999999"},
          {"0040-a730", "1", "0010-0010"},
          {"7fe0-0010", "2"},
          {"7fe0-0010", "0", "0010-0010"},
        }) {
      assertThat(at(path)).as(String.join("/", path)).isEqualTo(new Content.Nothing());
    }
  }

  @Test
  void refuses_tags_that_are_none() {
    assertThatThrownBy(() -> at("NoSuchTag"))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_DICOM_TAG);
              assertThat(e.details()).isEqualTo("NoSuchTag");
            });
    assertThatThrownBy(() -> at("0040-a730", "0", "0")).isInstanceOf(ApiException.class);
  }

  @Test
  void answers_any_path_with_content_or_an_error_of_the_api() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    String[] parts = {
      "0010-0010",
      "0040-a730",
      "7fe0-0010",
      "PatientName",
      "0",
      "1",
      "2",
      "-1",
      "",
      "..",
      "%",
      "0010-001",
      "0010-00100",
      "gggg-0010",
      "0010\u00d70010",
      "\u0660\u0661",
      "+1",
      "1e3",
      "\0",
      "9".repeat(400),
      "x".repeat(5000)
    };
    for (int round = 0; round < 20_000; round++) {
      List<String> path = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        path.add(parts[random.nextInt(parts.length)]);
      }
      try {
        assertThat(Content.at(DATA_SET, path, DICTIONARY)).isNotNull();
      } catch (ApiException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_DICOM_TAG);
      }
    }
  }

  @Test
  void takes_padding_from_text_and_leaves_an_even_length() {
    assertThat(raw("AB    ", Vr.CS)).isEqualTo("AB");
    assertThat(raw("x  ", Vr.CS)).isEqualTo("x  \0");
    assertThat(raw("abc   ", Vr.LT)).isEqualTo("abc ");
    assertThat(raw("    ", Vr.SH)).isEmpty();
    assertThat(raw("1.2.3\0\0\0", Vr.UI)).isEqualTo("1.2.3\0");
    assertThat(raw("1.2 \0\0", Vr.UI)).isEqualTo("1.2\0");
    assertThat(raw("A\0\0\0", Vr.PN)).isEqualTo("A\0\0\0");
    assertThat(raw("ab    ", Vr.UN)).isEqualTo("ab    ");
    assertThat(raw("ABC", Vr.CS)).isEqualTo("ABC\0");
  }

  @Test
  void writes_large_big_endian_values_in_little_endian() throws Exception {
    byte[] big = new byte[200_001];
    for (int i = 0; i < big.length; i++) {
      big[i] = (byte) (i * 31);
    }
    byte[] sent = sent(big, new Value.Located(0, 200_000, true), Vr.OW);
    assertThat(sent).hasSize(200_000);
    for (int i = 0; i < sent.length; i++) {
      assertThat(sent[i]).isEqualTo(big[i ^ 1]);
    }
  }

  @Test
  void takes_padding_from_large_text_and_completes_large_odd_values() throws Exception {
    byte[] text = ("z".repeat(100_001) + " ".repeat(5)).getBytes(StandardCharsets.US_ASCII);
    assertThat(sent(text, new Value.Located(0, text.length, false), Vr.UT)).hasSize(100_002);
    assertThat(sent(text, new Value.Located(0, 100_001, false), Vr.OB))
        .hasSize(100_002)
        .endsWith('z', '\0');
  }

  private static byte[] sent(byte[] file, Value.Located value, Vr vr) throws Exception {
    ByteSource values = ByteSource.of(file);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RawBytes.Large large = RawBytes.large(value, vr, values);
    RawBytes.write(large, vr, values, out);
    assertThat((long) out.size()).isEqualTo(large.total());
    return out.toByteArray();
  }

  private static String raw(String text, Vr vr) {
    return new String(
        RawBytes.of(text.getBytes(StandardCharsets.US_ASCII), vr), StandardCharsets.US_ASCII);
  }

  private static Content at(String... path) {
    return Content.at(DATA_SET, List.of(path), DICTIONARY);
  }

  private static Content names(String... names) {
    return new Content.Names(List.of(names));
  }

  private static Value.Bytes bytes(String text) {
    return new Value.Bytes(text.getBytes(StandardCharsets.US_ASCII));
  }
}
