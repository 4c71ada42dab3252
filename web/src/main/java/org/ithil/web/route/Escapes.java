package org.ithil.web.route;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent escapes of URIs. */
final class Escapes {
  private Escapes() {}

  /**
   * Undoes percent escapes once; what is none stays as it is. The bytes are read as UTF-8.
   *
   * @param plusIsBlank whether a plus sign stands for a blank, as in query strings
   */
  static String undo(String text, boolean plusIsBlank) {
    if (text.indexOf('%') < 0 && !(plusIsBlank && text.indexOf('+') >= 0)) {
      return text;
    }
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream(in.length);
    for (int i = 0; i < in.length; i++) {
      int octet = in[i];
      if (octet == '%' && i + 2 < in.length) {
        int high = Character.digit(in[i + 1], 16);
        int low = Character.digit(in[i + 2], 16);
        if (high >= 0 && low >= 0) {
          octet = high << 4 | low;
          i += 2;
        }
      } else if (octet == '+' && plusIsBlank) {
        octet = ' ';
      }
      out.write(octet);
    }
    return out.toString(StandardCharsets.UTF_8);
  }
}
