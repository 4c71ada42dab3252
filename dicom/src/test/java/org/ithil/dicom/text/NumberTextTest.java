package org.ithil.dicom.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Binary numbers as text. */
class NumberTextTest {
  @ParameterizedTest
  @CsvSource({
    "0.1, 0.10000000000000001",
    "1e300, 1.0000000000000001e+300",
    "0.3333333333333333, 0.33333333333333331",
    "4.9e-324, 4.9406564584124654e-324",
    "1.7976931348623157e308, 1.7976931348623157e+308",
    "123456789012.5, 123456789012.5",
    "1e16, 10000000000000000",
    "1e17, 1e+17",
    "0.0001, 0.0001",
    "0.00001, 1.0000000000000001e-05",
    "-0.0, -0",
    "-2.5, -2.5",
    "Infinity, inf",
    "-Infinity, -inf",
    "NaN, nan",
    "9007199254740993, 9007199254740992",
    "1e-10, 1e-10",
  })
  void writes_doubles_with_seventeen_digits_as_C_does(double value, String text) {
    StringBuilder written = new StringBuilder();
    NumberText.appendReal(written, value);
    assertThat(written).hasToString(text);
  }

  @Test
  void widens_floats_before_writing_them() {
    assertThat(text(Vr.FL, "cdcccc3d")).isEqualTo("0.10000000149011612");
    assertThat(text(Vr.OF, "ffe6db2e")).isEqualTo("1.000000013351432e-10");
  }

  @Test
  void writes_integers_plain_and_joins_them_by_backslashes() {
    assertThat(text(Vr.US, "01000200ffff")).isEqualTo("1\\2\\65535");
    assertThat(text(Vr.SS, "ffff")).isEqualTo("-1");
    assertThat(text(Vr.UL, "efbeadde")).isEqualTo("3735928559");
    assertThat(text(Vr.SL, "ffffffff")).isEqualTo("-1");
    assertThat(text(Vr.UV, "ffffffffffffffff")).isEqualTo("18446744073709551615");
    assertThat(text(Vr.SV, "0000000000000080")).isEqualTo("-9223372036854775808");
    assertThat(text(Vr.AT, "10002000e07f1000")).isEqualTo("0010,0020\\7fe0,0010");
  }

  @Test
  void leaves_out_a_rest_that_is_no_number() {
    assertThat(text(Vr.US, "010002")).isEqualTo("1");
    assertThat(text(Vr.SL, "0102")).isEmpty();
  }

  @Test
  void stops_soon_after_the_limit() {
    StringBuilder written = new StringBuilder();
    ByteBuffer million = ByteBuffer.allocate(1_000_000).order(ByteOrder.LITTLE_ENDIAN);
    NumberText.append(written, Vr.US, million, 256);
    assertThat(written.length()).isBetween(257, 270);
  }

  private static String text(Vr vr, String hex) {
    StringBuilder written = new StringBuilder();
    NumberText.append(
        written,
        vr,
        ByteBuffer.wrap(HexFormat.of().parseHex(hex)).order(ByteOrder.LITTLE_ENDIAN),
        Integer.MAX_VALUE);
    return written.toString();
  }
}
