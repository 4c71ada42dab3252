package org.ithil.dicom.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.DictionaryEntry;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.EditException.Problem;
import org.ithil.dicom.edit.ElementText.DataUri;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Values of each representation, made of text. */
class ElementTextTest {
  private static final int TAG = 0x00091001;
  private final ElementText texts = new ElementText(Dictionary.standard());

  private String hex(int tag, Vr vr, String text) {
    Element element = texts.of(tag, vr, text, SpecificCharacterSet.UTF_8);
    assertThat(element.vr()).isEqualTo(vr);
    assertThat(element.bytes().length % 2).isZero();
    return HexFormat.of().formatHex(element.bytes());
  }

  @ParameterizedTest
  @CsvSource({
    "US, 5, 0500",
    "US, -1, ffff",
    "US, 1\\65535, 0100ffff",
    "SS, -5, fbff",
    "UL, 4294967295, ffffffff",
    "SL, -5, fbffffff",
    "SV, -2, feffffffffffffff",
    "UV, 18446744073709551615, ffffffffffffffff",
    "OV, 1, 0100000000000000",
    "OW, 1\\2, 01000200",
    "OL, 1, 01000000",
    "FL, 1.25, 0000a03f",
    "OF, 1.5, 0000c03f",
    "FD, -2.5e0, 00000000000004c0",
    "OD, .5, 000000000000e03f",
    "AT, 0018-1063, 18006310",
    "AT, 00181063\\PatientAge, 1800631010001010",
    "OB, abc, 61626300",
    "UN, zz, 7a7a",
    "UI, 1.2.3, 312e322e3300",
    "UI, not a uid, 6e6f7461756964" + "00",
    "DS, abc, 61626320",
    "PN, é, c3a9",
    "LT, a\\b, 615c6220",
  })
  void encodes(Vr vr, String text, String bytes) {
    assertThat(hex(TAG, vr, text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "US, 65536",
    "US, -65536",
    "US, a",
    "US, 1\\",
    "US, 1.0",
    "SS, 32768",
    "UL, -1",
    "SL, 2147483648",
    "SV, 9223372036854775808",
    "UV, -1",
    "UV, 18446744073709551616",
    "UV, 123456789012345678901234567890",
    "FD, 1e999",
    "FL, 1e39",
    "FD, NaN",
    "FD, 0x1p3",
    "FD, 1d",
    "FD, .",
    "AT, Nonsense",
    "AT, 0010",
    "OW, plain",
    "SQ, text",
    "US, ' '"
  })
  void refuses_what_is_no_value(Vr vr, String text) {
    assertThatThrownBy(() -> hex(TAG, vr, text))
        .isInstanceOfSatisfying(
            EditException.class, e -> assertThat(e.problem()).isEqualTo(Problem.BAD_VALUE))
        .hasMessage(
            "While creating a DICOM instance, tag (0009,1001) has out-of-range value: \""
                + text
                + '"');
  }

  @Test
  void wraps_no_number_of_a_tag_that_may_be_signed() {
    assertThatThrownBy(() -> hex(Tag.SmallestImagePixelValue, Vr.US, "-5"))
        .isInstanceOf(EditException.class);
    assertThat(hex(Tag.Rows, Vr.US, "-5")).isEqualTo("fbff");
  }

  @ParameterizedTest
  @EnumSource(Vr.class)
  void takes_nothing_in_each_representation(Vr vr) {
    assertThat(texts.of(TAG, vr, "", SpecificCharacterSet.ASCII).isEmpty()).isTrue();
    assertThat(texts.of(TAG, vr, "", SpecificCharacterSet.ASCII).value())
        .isEqualTo(vr == Vr.SQ ? new Value.Items(List.of()) : Value.EMPTY);
  }

  @ParameterizedTest
  @EnumSource(Vr.class)
  void any_text_is_a_value_or_is_refused(Vr vr) {
    Random random = new Random(vr.ordinal());
    String letters = "0123456789.-+eE\\ aé山\0\n\"';:,[]{}";
    for (int i = 0; i < 2000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.append(letters.charAt(random.nextInt(letters.length())));
      }
      try {
        Element element = texts.of(TAG, vr, text.toString(), SpecificCharacterSet.UTF_8);
        assertThat(element.bytes().length % Math.max(2, vr.unit())).isZero();
      } catch (EditException e) {
        assertThat(e.problem()).isEqualTo(Problem.BAD_VALUE);
      }
    }
  }

  @Test
  void drops_characters_that_the_set_lacks_and_ends_of_text() {
    SpecificCharacterSet latin = SpecificCharacterSet.of(List.of("ISO_IR 100"));
    assertThat(texts.of(TAG, Vr.LO, "hé山\0!", latin).bytes())
        .isEqualTo("hé! ".getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void a_message_ends_at_a_nul_as_recorded() {
    assertThatThrownBy(() -> texts.of(0x00281201, Vr.OW, new byte[] {'a', 0, 'b'}))
        .hasMessage("While creating a DICOM instance, tag (0028,1201) has out-of-range value: \"a");
  }

  @Test
  void takes_bytes() {
    assertThat(texts.of(TAG, Vr.OB, new byte[] {1, 2, 3}).bytes())
        .isEqualTo(new byte[] {1, 2, 3, 0});
  }

  @Test
  void reads_data_uris() {
    Optional<DataUri> read = DataUri.parse("data:Image/PNG;base64,AAECAw");
    assertThat(read.map(DataUri::type)).contains("image/png");
    assertThat(read.orElseThrow().bytes()).isEqualTo(new byte[] {0, 1, 2, 3});
    assertThat(DataUri.parse("data:text/plain;charset=utf-8;base64,QQ==").map(DataUri::type))
        .contains("text/plain");
  }

  @ParameterizedTest
  @CsvSource({
    "'data:;base64,@@@'",
    "'data:text/plain,Hello'",
    "data:x",
    "''",
    "'DATA:a;base64,AA=='"
  })
  void takes_other_text_as_text(String text) {
    assertThat(DataUri.parse(text)).isEmpty();
  }

  @Test
  void finds_private_tags_by_their_creator_only() throws Exception {
    ElementText own =
        new ElementText(
            Dictionary.standard()
                .with(
                    List.of(
                        DictionaryEntry.configured("0405,0010", "LO", "Mine", 1, 1, "Me"),
                        DictionaryEntry.configured("0405,1001", "ST", "MyTag", 1, 1, "Me"))));
    assertThat(own.vrOf(0x04051001, "Me")).isEqualTo(Vr.ST);
    assertThat(own.vrOf(0x04050010, "Me")).isEqualTo(Vr.LO);
    assertThat(own.vrOf(0x04051001, null)).isEqualTo(Vr.UN);
    assertThat(own.vrOf(0x04050010, "Other")).isEqualTo(Vr.UN);
    assertThat(own.vrOf(0x04050010, null)).isEqualTo(Vr.UN);
    assertThat(own.vrOf(Tag.PatientName, "Me")).isEqualTo(Vr.PN);
    assertThat(own.vrOf(0x00089999, null)).isEqualTo(Vr.UN);
  }
}
