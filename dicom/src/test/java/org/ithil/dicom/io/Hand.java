package org.ithil.dicom.io;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.encoding.Vr;

/** Encoded bytes written by hand, little endian unless said otherwise. */
final class Hand {
  static final int UNDEFINED = -1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final boolean explicit;
  private final boolean big;

  private Hand(boolean explicit, boolean big) {
    this.explicit = explicit;
    this.big = big;
  }

  static Hand explicit() {
    return new Hand(true, false);
  }

  static Hand implicit() {
    return new Hand(false, false);
  }

  static Hand bigEndian() {
    return new Hand(true, true);
  }

  /** Preamble, "DICM" and meta information with nothing but group length and transfer syntax. */
  static Hand file(String transferSyntax) {
    String padded = transferSyntax.length() % 2 == 0 ? transferSyntax : transferSyntax + "\0";
    return explicit()
        .raw(new byte[128])
        .raw("DICM".getBytes(StandardCharsets.US_ASCII))
        .element(0x00020000, "UL", hex(String.format("%02x000000", 8 + padded.length())))
        .element(0x00020010, "UI", padded);
  }

  static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  Hand raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  Hand raw(String hex) {
    return raw(hex(hex));
  }

  Hand element(int tag, String vr, String text) {
    return element(tag, vr, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Hand element(int tag, String vr, byte[] value) {
    return element(tag, vr, value.length, value);
  }

  /** An element whose length need not be that of its value. */
  Hand element(int tag, String vr, int length, byte[] value) {
    u16(tag >>> 16);
    u16(tag);
    if (!explicit) {
      u32(length);
      return raw(value);
    }
    raw(vr.getBytes(StandardCharsets.ISO_8859_1));
    Vr known = Vr.of(vr.charAt(0) << 8 | vr.charAt(1));
    if (known == null ? vr.matches("[A-Z]{2}") : known.hasLongLength()) {
      u16(0);
      u32(length);
    } else {
      u16(length);
    }
    return raw(value);
  }

  Hand item(int length, byte[] content) {
    return head(0xfffee000, length).raw(content);
  }

  Hand item(byte[] content) {
    return item(content.length, content);
  }

  Hand endItem() {
    return head(0xfffee00d, 0);
  }

  Hand endSequence() {
    return head(0xfffee0dd, 0);
  }

  Hand head(int tag, int length) {
    u16(tag >>> 16);
    u16(tag);
    u32(length);
    return this;
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  ByteSource source() {
    return ByteSource.of(bytes());
  }

  private void u16(int value) {
    out.write(big ? value >> 8 : value);
    out.write(big ? value : value >> 8);
  }

  private void u32(int value) {
    u16(big ? value >>> 16 : value & 0xffff);
    u16(big ? value & 0xffff : value >>> 16);
  }
}
