package org.ithil.dimse.message;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.ithil.dimse.pdu.DimseException;
import org.ithil.dimse.pdu.DimseException.Problem;

/**
 * The elements of group 0000 by element number, PS3.7 6.3.1: implicit little endian, whatever the
 * presentation context.
 */
final class CommandSet {
  static final int AFFECTED_SOP_CLASS = 0x0002;
  static final int REQUESTED_SOP_CLASS = 0x0003;
  static final int COMMAND_FIELD = 0x0100;
  static final int MESSAGE_ID = 0x0110;
  static final int RESPONDS_TO = 0x0120;
  static final int MOVE_DESTINATION = 0x0600;
  static final int PRIORITY = 0x0700;
  static final int DATA_SET_TYPE = 0x0800;
  static final int STATUS = 0x0900;
  static final int ERROR_COMMENT = 0x0902;
  static final int AFFECTED_SOP_INSTANCE = 0x1000;
  static final int REQUESTED_SOP_INSTANCE = 0x1001;
  static final int EVENT_TYPE = 0x1002;
  static final int ATTRIBUTE_LIST = 0x1005;
  static final int ACTION_TYPE = 0x1008;
  static final int REMAINING = 0x1020;
  static final int COMPLETED = 0x1021;
  static final int FAILED = 0x1022;
  static final int WARNING = 0x1023;
  static final int ORIGINATOR_AET = 0x1030;
  static final int ORIGINATOR_MESSAGE = 0x1031;

  /** Value of (0000,0800) that says: no data set follows. */
  static final int NO_DATA_SET = 0x0101;

  /** What (0000,0800) says when one follows; any other value would do. */
  private static final int DATA_SET = 0x0001;

  private static final int MAX_ERROR_COMMENT = 64;

  private final TreeMap<Integer, byte[]> elements = new TreeMap<>();

  static CommandSet parse(ByteBuffer bytes) throws DimseException {
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    CommandSet set = new CommandSet();
    while (in.remaining() >= 8) {
      int group = in.getShort() & 0xffff;
      int element = in.getShort() & 0xffff;
      int length = in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new DimseException(Problem.MALFORMED, "command element of length " + length);
      }
      byte[] value = new byte[length];
      in.get(value);
      if (group == 0) {
        set.elements.putIfAbsent(element, value);
      }
    }
    if (in.hasRemaining()) {
      throw new DimseException(Problem.MALFORMED, "command set ends inside an element");
    }
    return set;
  }

  /** Group length included. */
  byte[] bytes() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    elements.forEach((element, value) -> {
      ByteBuffer head = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
      head.putShort((short) 0).putShort(element.shortValue()).putInt(value.length);
      body.writeBytes(head.array());
      body.writeBytes(value);
    });
    ByteBuffer all = ByteBuffer.allocate(12 + body.size()).order(ByteOrder.LITTLE_ENDIAN);
    all.putInt(0).putInt(4).putInt(body.size()).put(body.toByteArray());
    return all.array();
  }

  CommandSet hasDataSet(boolean present) {
    return number(DATA_SET_TYPE, present ? DATA_SET : NO_DATA_SET);
  }

  boolean hasDataSet() {
    return optionalNumber(DATA_SET_TYPE).orElse(NO_DATA_SET) != NO_DATA_SET;
  }

  CommandSet number(int element, int value) {
    elements.put(element, new byte[] {(byte) value, (byte) (value >> 8)});
    return this;
  }

  CommandSet number(int element, OptionalInt value) {
    value.ifPresent(v -> number(element, v));
    return this;
  }

  /** A UID, brought to even length by NUL; nothing if it is empty. */
  CommandSet uid(int element, String value) {
    return text(element, value, 0);
  }

  CommandSet uid(int element, Optional<String> value) {
    value.ifPresent(v -> uid(element, v));
    return this;
  }

  /** A title; unlike other texts it is there even if it is empty. */
  CommandSet title(int element, String value) {
    elements.put(element, new byte[0]);
    return text(element, value, ' ');
  }

  CommandSet comment(String value) {
    String cut = value.length() > MAX_ERROR_COMMENT ? value.substring(0, MAX_ERROR_COMMENT) : value;
    return text(ERROR_COMMENT, cut, ' ');
  }

  CommandSet tags(int element, List<Integer> tags) {
    if (!tags.isEmpty()) {
      ByteBuffer value = ByteBuffer.allocate(4 * tags.size()).order(ByteOrder.LITTLE_ENDIAN);
      tags.forEach(tag -> value.putShort((short) (tag >>> 16)).putShort(tag.shortValue()));
      elements.put(element, value.array());
    }
    return this;
  }

  int number(int element) throws DimseException {
    OptionalInt value = optionalNumber(element);
    if (value.isEmpty()) {
      throw missing(element);
    }
    return value.getAsInt();
  }

  OptionalInt optionalNumber(int element) {
    byte[] value = elements.get(element);
    return value == null || value.length < 2
        ? OptionalInt.empty()
        : OptionalInt.of(value[0] & 0xff | (value[1] & 0xff) << 8);
  }

  /** A UID that must be there and not empty. */
  String uid(int element) throws DimseException {
    String value = optionalUid(element).orElse("");
    if (value.isEmpty()) {
      throw missing(element);
    }
    return value;
  }

  /** Without padding, and without the blanks that some senders put inside. */
  Optional<String> optionalUid(int element) {
    return optionalText(element).map(text -> text.replace(" ", ""));
  }

  String title(int element) throws DimseException {
    return optionalText(element).orElseThrow(() -> missing(element));
  }

  /** Up to the first NUL, without outer blanks. */
  Optional<String> optionalText(int element) {
    byte[] value = elements.get(element);
    if (value == null) {
      return Optional.empty();
    }
    String text = new String(value, StandardCharsets.ISO_8859_1);
    int nul = text.indexOf(0);
    return Optional.of((nul < 0 ? text : text.substring(0, nul)).strip());
  }

  List<Integer> tags(int element) {
    byte[] value = elements.getOrDefault(element, new byte[0]);
    ByteBuffer in = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> tags = new ArrayList<>();
    while (in.remaining() >= 4) {
      tags.add((in.getShort() & 0xffff) << 16 | in.getShort() & 0xffff);
    }
    return tags;
  }

  private CommandSet text(int element, String value, int padding) {
    if (!value.isEmpty()) {
      byte[] bytes = value.getBytes(StandardCharsets.ISO_8859_1);
      byte[] even = java.util.Arrays.copyOf(bytes, bytes.length + bytes.length % 2);
      if (even.length > bytes.length) {
        even[bytes.length] = (byte) padding;
      }
      elements.put(element, even);
    }
    return this;
  }

  private static DimseException missing(int element) {
    return new DimseException(
        Problem.MALFORMED, String.format("command set without (0000,%04x)", element));
  }
}
