package org.ithil.dicom.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Person names, PS3.5 6.2.1. */
class PersonNameTest {
  @Test
  void has_five_components() {
    PersonName name = PersonName.parse("Adams^John Robert Quincy^^Rev.^B.A. M.Div.");
    assertThat(name.alphabetic().family()).isEqualTo("Adams");
    assertThat(name.alphabetic().given()).isEqualTo("John Robert Quincy");
    assertThat(name.alphabetic().middle()).isEmpty();
    assertThat(name.alphabetic().prefix()).isEqualTo("Rev.");
    assertThat(name.alphabetic().suffix()).isEqualTo("B.A. M.Div.");
  }

  @Test
  void has_three_groups() {
    PersonName name = PersonName.parse("Yamada^Tarou=山田^太郎=やまだ^たろう");
    assertThat(name.ideographic().family()).isEqualTo("山田");
    assertThat(name.phonetic().given()).isEqualTo("たろう");
    assertThat(name.toString()).isEqualTo("Yamada^Tarou=山田^太郎=やまだ^たろう");
  }

  @Test
  void leaves_delimiters_at_the_end_out() {
    assertThat(PersonName.parse("Doe^^^^==").toString()).isEqualTo("Doe");
    assertThat(PersonName.parse("=山田^").toString()).isEqualTo("=山田");
    assertThat(PersonName.parse("").isEmpty()).isTrue();
    assertThat(PersonName.parse("^^=^=").isEmpty()).isTrue();
  }

  @Test
  void drops_what_is_too_much() {
    assertThat(PersonName.parse("a^b^c^d^e^f=g=h=i").toString()).isEqualTo("a^b^c^d^e=g=h");
  }
}
