package org.ithil.dicom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Character sets of PS3.3 C.12.1.1.2; examples of PS3.5 H, I, J and K. */
class SpecificCharacterSetTest {
  private static byte[] bytes(String latin1) {
    return latin1.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static SpecificCharacterSet set(String values) {
    return SpecificCharacterSet.of(List.of(values.split("\\\\", -1)));
  }

  private static void reads_and_writes(String terms, String bytes, String text, Vr vr) {
    assertThat(set(terms).decode(bytes(bytes), vr)).isEqualTo(text);
    assertThat(new String(set(terms).encode(text, vr), StandardCharsets.ISO_8859_1))
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({
    "ISO_IR 100, é, Jérôme",
    "ISO_IR 101, ł, Wałęsa",
    "ISO_IR 109, ħ, ħobż",
    "ISO_IR 110, ķ, ķēniņš",
    "ISO_IR 144, Л, Люкceмбypг",
    "ISO_IR 127, ق, قباني^لنزار",
    "ISO_IR 126, Δ, Διονυσιος",
    "ISO_IR 138, ש, שרון^דבורה",
    "ISO_IR 148, ğ, Çavuşoğlu",
    "ISO_IR 203, €, Œuvre 100 €",
    "ISO_IR 166, น, นามสกุล",
    "ISO_IR 13, ﾔ, ﾔﾏﾀﾞ^ﾀﾛｳ",
    "ISO_IR 192, 王, Wang^XiaoDong=王^小東",
    "GB18030, 王, Wang^XiaoDong=王^小东",
    "GBK, 王, 胸部检查 龍",
    "\\ISO 2022 IR 87, 山, Yamada^Tarou=山田^太郎=やまだ^たろう",
    "\\ISO 2022 IR 87\\ISO 2022 IR 159, 丄, 山田^丄",
    "\\ISO 2022 IR 149, 洪, Hong^Gildong=洪^吉洞=홍^길동",
    "\\ISO 2022 IR 58, 张, Zhang^XiaoDong=张^小东=",
    "ISO 2022 IR 13\\ISO 2022 IR 87, 山, ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
    "\\ISO 2022 IR 144\\ISO 2022 IR 126, Л, Lyuke=Люк^Διον",
    "ISO 2022 IR 100\\ISO 2022 IR 126\\ISO 2022 IR 87, é, Jérôme Διον é 山田 é"
  })
  void reads_what_it_writes(String terms, String sample, String text) {
    for (Vr vr : List.of(Vr.PN, Vr.LO, Vr.LT)) {
      byte[] encoded = set(terms).encode(text, vr);
      assertThat(set(terms).decode(encoded, vr)).isEqualTo(text);
    }
    assertThat(set(terms).decode(set(terms).encode(sample, Vr.SH), Vr.SH)).isEqualTo(sample);
    assertThat(SpecificCharacterSet.ASCII.encode(sample, Vr.SH)).isEmpty();
  }

  @Test
  void agrees_with_the_japanese_examples_of_the_standard() {
    reads_and_writes(
        "\\ISO 2022 IR 87",
        "Yamada^Tarou=\u001b$B;3ED\u001b(B^\u001b$BB@O:\u001b(B="
            + "\u001b$B$d$^$@\u001b(B^\u001b$B$?$m$&\u001b(B",
        "Yamada^Tarou=山田^太郎=やまだ^たろう",
        Vr.PN);
    reads_and_writes(
        "ISO 2022 IR 13\\ISO 2022 IR 87",
        "ÔÏÀÞ^ÀÛ³=\u001b$B;3ED\u001b(J^\u001b$BB@O:\u001b(J="
            + "\u001b$B$d$^$@\u001b(J^\u001b$B$?$m$&\u001b(J",
        "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう",
        Vr.PN);
  }

  @Test
  void agrees_with_the_korean_example_of_the_standard() {
    reads_and_writes(
        "\\ISO 2022 IR 149",
        "Hong^Gildong=\u001b$)Cûó^\u001b$)CÑÎÔ×=\u001b$)CÈ«^\u001b$)C±æµ¿",
        "Hong^Gildong=洪^吉洞=홍^길동",
        Vr.PN);
  }

  @Test
  void makes_the_first_set_active_again_behind_delimiters() {
    // é and ή share the byte E9 and DE: only the first value's set explains them behind ^ and line
    // ends
    SpecificCharacterSet greekToo = set("ISO 2022 IR 100\\ISO 2022 IR 126");
    assertThat(greekToo.decode(bytes("\u001b-FÄé^Äé"), Vr.PN)).isEqualTo("Δι^Äé");
    assertThat(greekToo.decode(bytes("\u001b-FÄé^Äé"), Vr.LO)).isEqualTo("Δι^Δι");
    assertThat(greekToo.decode(bytes("\u001b-FÄé\\Äé"), Vr.LO)).isEqualTo("Δι\\Äé");
    assertThat(greekToo.decode(bytes("\u001b-FÄé\\Äé"), Vr.LT)).isEqualTo("Δι\\Δι");
    assertThat(greekToo.decode(bytes("\u001b-FÄé\r\nÄé"), Vr.LT)).isEqualTo("Δι\r\nÄé");
    assertThat(greekToo.encode("Δ\nÄ", Vr.LT)).isEqualTo(bytes("\u001b-FÄ\u001b-A\nÄ"));
  }

  @Test
  void reads_text_that_does_not_designate_its_set_again() {
    assertThat(set("\\ISO 2022 IR 149").decode(bytes("\u001b$)Cûó^ÑÎÔ×"), Vr.PN)).isEqualTo("洪^吉洞");
    assertThat(set("ISO 2022 IR 149").decode(bytes("ûó"), Vr.PN)).isEqualTo("洪");
    assertThat(set("ISO 2022 IR 58").decode(bytes("ÕÅ"), Vr.PN)).isEqualTo("张");
  }

  @Test
  void drops_what_cannot_be_decoded() {
    assertThat(SpecificCharacterSet.ASCII.decode(bytes("Müller^Jörgen"), Vr.PN))
        .isEqualTo("Mller^Jrgen");
    assertThat(set("ISO_IR 999").decode(bytes("Mü"), Vr.PN)).isEqualTo("M");
    assertThat(set("ISO_IR 138").decode(bytes("éè^Ä"), Vr.PN)).isEqualTo("יט^");
    assertThat(set("\\ISO 2022 IR 87").decode(bytes("\u001b$B;3E\u001b(Bx"), Vr.PN))
        .isEqualTo("山x");
    assertThat(set("\\ISO 2022 IR 87").decode(bytes("a\u001b%Gb\u001b"), Vr.PN)).isEqualTo("ab");
  }

  @Test
  void drops_broken_utf_8_as_the_reference_does() {
    SpecificCharacterSet utf8 = SpecificCharacterSet.UTF_8;
    assertThat(utf8.decode(bytes("Müller^JÃ^ð\u009f"), Vr.PN)).isEqualTo("Mller^J");
    assertThat(utf8.decode(bytes("JörgenX"), Vr.PN)).isEqualTo("JrgenX");
    assertThat(utf8.decode(bytes("aâ\u0082b"), Vr.PN)).isEqualTo("a");
    assertThat(utf8.decode(bytes("að\u009fb^cd"), Vr.PN)).isEqualTo("a^cd");
    assertThat(utf8.decode(bytes("aí\u00a0\u0080b"), Vr.PN)).isEqualTo("ab");
    assertThat(utf8.decode(bytes("À¯x"), Vr.PN)).isEqualTo("x");
    assertThat(utf8.decode(bytes("ô\u0090\u0080\u0080x"), Vr.PN)).isEqualTo("x");
  }

  @Test
  void keeps_control_characters() {
    assertThat(set("ISO_IR 100").decode(bytes("tab\tbell\u0007del\u007f"), Vr.LO))
        .isEqualTo("tab\tbell\u0007del\u007f");
  }

  @Test
  void takes_terms_of_any_case_and_with_common_misspellings() {
    for (String term : List.of("ISO_IR 100", "iso_ir 100", "ISO-IR 100", " ISO_IR_100 ")) {
      assertThat(set(term).decode(bytes("é"), Vr.LO)).isEqualTo("é");
      assertThat(SpecificCharacterSet.isKnown(term)).isTrue();
    }
    assertThat(SpecificCharacterSet.isKnown("ISO_IR 999")).isFalse();
    assertThat(SpecificCharacterSet.isKnown("ISO_IR 6")).isTrue();
  }

  @Test
  void drops_letters_that_a_set_lacks_when_writing() {
    assertThat(set("ISO_IR 100").encode("a山b€é", Vr.LO)).isEqualTo(bytes("abé"));
    assertThat(set("GBK").encode("a\ud800b", Vr.LO)).isEqualTo(bytes("ab"));
    assertThat(SpecificCharacterSet.UTF_8.encode("a\ud800b", Vr.LO)).isEqualTo(bytes("ab"));
  }

  @Test
  void knows_the_names_of_the_configuration() {
    assertThat(DefaultEncoding.of("latin1")).contains(DefaultEncoding.LATIN1);
    assertThat(DefaultEncoding.of("UTF8").orElseThrow().configured()).isEqualTo("Utf8");
    assertThat(DefaultEncoding.of("Klingon")).isEmpty();
    assertThat(DefaultEncoding.of(" Latin1 ")).isEmpty();
    assertThat(DefaultEncoding.of("ISO_IR 100")).isEmpty();
    assertThat(DefaultEncoding.of("")).isEmpty();
    byte[] name = bytes("éè^Ä");
    assertThat(decoded(DefaultEncoding.ASCII, name)).isEqualTo("^");
    assertThat(decoded(DefaultEncoding.LATIN2, name)).isEqualTo("éč^Ä");
    assertThat(decoded(DefaultEncoding.LATIN5, name)).isEqualTo("éè^Ä");
    assertThat(decoded(DefaultEncoding.CYRILLIC, name)).isEqualTo("щш^Ф");
    assertThat(decoded(DefaultEncoding.WINDOWS1251, name)).isEqualTo("йи^Д");
    assertThat(decoded(DefaultEncoding.GREEK, name)).isEqualTo("ιθ^Δ");
    assertThat(decoded(DefaultEncoding.THAI, name)).isEqualTo("้่^ฤ");
    assertThat(DefaultEncoding.LATIN1.declared().terms()).containsExactly("ISO_IR 100");
    assertThat(DefaultEncoding.WINDOWS1251.declared().encode("Д", Vr.LO)).isEqualTo(bytes("´"));
  }

  private static String decoded(DefaultEncoding encoding, byte[] bytes) {
    return encoding.characterSet().decode(bytes, Vr.PN);
  }

  @Test
  void decodes_any_bytes_without_failing() {
    Random random = new Random(20261124);
    List<String> terms =
        List.of(
            "",
            "ISO_IR 192",
            "GB18030",
            "GBK",
            "ISO_IR 13",
            "\\ISO 2022 IR 87\\ISO 2022 IR 159",
            "\\ISO 2022 IR 149",
            "\\ISO 2022 IR 58",
            "ISO 2022 IR 100\\ISO 2022 IR 144",
            "ISO_IR 166");
    String[] escapes = {"$B", "$(D", "$)C", "$)A", "(B", "(J", ")I", "-F", "$", "", "%/"};
    for (int round = 0; round < 20_000; round++) {
      SpecificCharacterSet set = set(terms.get(round % terms.size()));
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      if (bytes.length > 6) {
        byte[] escape = bytes("\u001b" + escapes[random.nextInt(escapes.length)]);
        System.arraycopy(escape, 0, bytes, random.nextInt(3), escape.length);
      }
      for (Vr vr : List.of(Vr.PN, Vr.LO, Vr.UT)) {
        String text = set.decode(bytes, vr);
        assertThat(text.length()).isLessThanOrEqualTo(bytes.length * 2);
        assertThat(set.decode(set.encode(text, vr), vr)).hasSizeLessThanOrEqualTo(text.length());
      }
    }
  }
}
