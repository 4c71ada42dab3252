package org.ithil.archive.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers with fraction as the reference prints them: C's {@code %.17g}. */
final class Numbers {
  private static final MathContext DIGITS = new MathContext(17, RoundingMode.HALF_EVEN);

  private Numbers() {}

  static String text(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      return "null";
    }
    if (number == 0) {
      return 1 / number < 0 ? "-0.0" : "0.0";
    }
    BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent < -4 || exponent >= 17) {
      String digits = rounded.unscaledValue().abs().toString();
      String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
      String size = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
      return (number < 0 ? "-" : "")
          + digits.charAt(0)
          + fraction
          + (exponent < 0 ? "e-" : "e+")
          + size;
    }
    String plain = rounded.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }
}
