package org.ithil.dimse.pdu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes, big endian, whose lengths are written when they are known. */
final class ItemWriter {
  private byte[] bytes = new byte[512];
  private int length;

  void octet(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void octets(int... values) {
    for (int value : values) {
      octet(value);
    }
  }

  void short2(int value) {
    octets(value >> 8, value);
  }

  void int4(int value) {
    octets(value >> 24, value >> 16, value >> 8, value);
  }

  void bytes(ByteBuffer value) {
    int count = value.remaining();
    room(count);
    value.get(value.position(), bytes, length, count);
    length += count;
  }

  /** A text of two bytes of length and ISO 8859-1 letters. */
  void counted(String text) {
    short2(text.length());
    text(text);
  }

  void text(String text) {
    bytes(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** A text cut or filled with blanks to a length. */
  void padded(String text, int size) {
    text(text.length() > size ? text.substring(0, size) : text);
    for (int i = text.length(); i < size; i++) {
      octet(' ');
    }
  }

  void item(int type, String text) {
    octets(type, 0);
    counted(text);
  }

  /** Starts an item; returns what {@link #endItem} needs. */
  int beginItem(int type) {
    octets(type, 0, 0, 0);
    return length;
  }

  void endItem(int start) {
    int size = length - start;
    bytes[start - 2] = (byte) (size >> 8);
    bytes[start - 1] = (byte) size;
  }

  int beginLength4() {
    int4(0);
    return length;
  }

  void endLength4(int start) {
    ByteBuffer.wrap(bytes).putInt(start - 4, length - start);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private void room(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
