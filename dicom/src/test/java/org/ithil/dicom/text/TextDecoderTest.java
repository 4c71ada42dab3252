package org.ithil.dicom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text that comes in pieces. */
class TextDecoderTest {
  private static final String[] PARTS = {
    "\u001b$B",
    "\u001b(B",
    "\u001b$)C",
    "\u001b$(D",
    "\u001b-F",
    "\u001b(J",
    "\u001b$  x",
    "\u001b",
    "\u00b1\u00e8",
    "\u00c8",
    "\u00e5\u00b0\u008f",
    "\u00f0\u009f\u0098\u0080",
    "\u00e5",
    "\u0081\u0030\u0081\u0030",
    ";3ED",
    "!",
    "abc",
    "^",
    "=",
    "\\",
    "\r\n",
    "\u0000",
    " ",
    "\u00ff"
  };

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ISO_IR 100",
        "ISO_IR 192",
        "GB18030",
        "GBK",
        "ISO_IR 13",
        "\\ISO 2022 IR 87",
        "ISO 2022 IR 13\\ISO 2022 IR 87\\ISO 2022 IR 159",
        "\\ISO 2022 IR 149",
        "\\ISO 2022 IR 58",
        "ISO 2022 IR 126\\ISO 2022 IR 144"
      })
  void is_the_same_wherever_it_is_cut(String terms) {
    SpecificCharacterSet set =
        SpecificCharacterSet.of(terms.isEmpty() ? List.of() : List.of(terms.split("\\\\", -1)));
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int round = 0; round < 2000; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(20); i >= 0; i--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      byte[] bytes = text.toString().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      for (Vr vr : List.of(Vr.PN, Vr.UT)) {
        String expected = set.decode(bytes, vr);
        for (int size : new int[] {1, 2, 3, 7}) {
          assertThat(inPieces(set.decoder(vr), bytes, size)).as("%s", text).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void a_long_run_of_characters_of_two_bytes_needs_no_memory_to_its_end() {
    SpecificCharacterSet set = SpecificCharacterSet.of(List.of("", "ISO 2022 IR 149"));
    byte[] bytes = new byte[400_004];
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = (byte) 0xb1;
      bytes[i + 1] = (byte) 0xe8;
    }
    byte[] escape = {0x1b, '$', ')', 'C'};
    System.arraycopy(escape, 0, bytes, 0, escape.length);
    TextDecoder decoder = set.decoder(Vr.UT);
    assertThat(decoder.next(Arrays.copyOf(bytes, 100_001)).length()).isGreaterThan(45_000);
    assertThat(inPieces(set.decoder(Vr.UT), bytes, 30_001)).isEqualTo(set.decode(bytes, Vr.UT));
  }

  private static String inPieces(TextDecoder decoder, byte[] bytes, int size) {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < bytes.length; at += size) {
      String next = decoder.next(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size)));
      if (!next.isEmpty()) {
        assertThat(Character.isLowSurrogate(next.charAt(0))).isFalse();
      }
      text.append(next);
    }
    return text.append(decoder.end()).toString();
  }
}
