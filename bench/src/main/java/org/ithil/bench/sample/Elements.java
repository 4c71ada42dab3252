package org.ithil.bench.sample;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Elements of an explicit little endian data set, PS3.5 7.1.2, in the order of the calls. */
final class Elements {
  final ByteArrayOutputStream out = new ByteArrayOutputStream(2048);

  void text(int tag, String vr, String value) {
    char pad = vr.equals("UI") ? '\0' : ' ';
    String even = value.length() % 2 == 0 ? value : value + pad;
    tag(tag, vr);
    little(even.length(), 2);
    out.writeBytes(even.getBytes(StandardCharsets.ISO_8859_1));
  }

  void number(int tag, String vr, int value, int size) {
    tag(tag, vr);
    little(size, 2);
    little(value, size);
  }

  void bytes(int tag, String vr, byte[] value) {
    longHeader(tag, vr, value.length);
    out.writeBytes(value);
  }

  /** A sequence of one item. */
  void sequence(int tag, Elements item) {
    longHeader(tag, "SQ", item.out.size() + 8);
    little(0xfffe, 2);
    little(0xe000, 2);
    little(item.out.size(), 4);
    out.writeBytes(item.out.toByteArray());
  }

  void longHeader(int tag, String vr, int length) {
    tag(tag, vr);
    little(0, 2);
    little(length, 4);
  }

  private void tag(int tag, String vr) {
    little(tag >>> 16, 2);
    little(tag & 0xffff, 2);
    out.writeBytes(vr.getBytes(StandardCharsets.US_ASCII));
  }

  private void little(int value, int size) {
    for (int i = 0; i < size; i++) {
      out.write(value >>> 8 * i);
    }
  }
}
