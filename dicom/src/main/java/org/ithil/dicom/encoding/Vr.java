package org.ithil.dicom.encoding;

import org.jspecify.annotations.Nullable;

/** A value representation of PS3.5 6.2, with what its encoding needs to know. */
public enum Vr {
  AE(Kind.TEXT, 1, ' '),
  AS(Kind.TEXT, 1, ' '),
  AT(Kind.BINARY, 2, 0),
  CS(Kind.TEXT, 1, ' '),
  DA(Kind.TEXT, 1, ' '),
  DS(Kind.TEXT, 1, ' '),
  DT(Kind.TEXT, 1, ' '),
  FD(Kind.BINARY, 8, 0),
  FL(Kind.BINARY, 4, 0),
  IS(Kind.TEXT, 1, ' '),
  LO(Kind.LOCAL_TEXT, 1, ' '),
  LT(Kind.LOCAL_TEXT, 1, ' '),
  OB(Kind.BULK, 1, 0),
  OD(Kind.BULK, 8, 0),
  OF(Kind.BULK, 4, 0),
  OL(Kind.BULK, 4, 0),
  OV(Kind.BULK, 8, 0),
  OW(Kind.BULK, 2, 0),
  PN(Kind.LOCAL_TEXT, 1, ' '),
  SH(Kind.LOCAL_TEXT, 1, ' '),
  SL(Kind.BINARY, 4, 0),
  SQ(Kind.SEQUENCE, 1, 0),
  SS(Kind.BINARY, 2, 0),
  ST(Kind.LOCAL_TEXT, 1, ' '),
  SV(Kind.BINARY, 8, 0),
  TM(Kind.TEXT, 1, ' '),
  UC(Kind.LOCAL_TEXT, 1, ' '),
  UI(Kind.TEXT, 1, 0),
  UL(Kind.BINARY, 4, 0),
  UN(Kind.BULK, 1, 0),
  UR(Kind.TEXT, 1, ' '),
  US(Kind.BINARY, 2, 0),
  UT(Kind.LOCAL_TEXT, 1, ' '),
  UV(Kind.BINARY, 8, 0);

  /** What a value is made of. */
  private enum Kind {
    TEXT,
    LOCAL_TEXT,
    BINARY,
    BULK,
    SEQUENCE
  }

  private final Kind kind;
  private final int unit;
  private final byte padding;
  private static final Vr[] BY_CODE = byCode();

  Vr(Kind kind, int unit, int padding) {
    this.kind = kind;
    this.unit = unit;
    this.padding = (byte) padding;
  }

  /** Bytes that are swapped together when the byte order changes: 1, 2, 4 or 8 (AT: 2). */
  public int unit() {
    return unit;
  }

  /**
   * Turns values of this representation from one byte order to the other, in place. A rest that is
   * shorter than a unit stays as it is.
   *
   * @param from first byte, where a unit starts
   * @param to behind the last byte
   */
  public void swap(byte[] bytes, int from, int to) {
    if (unit == 1) {
      return;
    }
    for (int i = from; i + unit <= to; i += unit) {
      for (int a = i, b = i + unit - 1; a < b; a++, b--) {
        byte kept = bytes[a];
        bytes[a] = bytes[b];
        bytes[b] = kept;
      }
    }
  }

  /** The byte that brings a value to even length. */
  public byte padding() {
    return padding;
  }

  /** True for character strings, whatever repertoire they use. */
  public boolean isText() {
    return kind == Kind.TEXT || kind == Kind.LOCAL_TEXT;
  }

  /** True if Specific Character Set (0008,0005) applies, PS3.5 6.1.2.2. */
  public boolean usesCharacterSet() {
    return kind == Kind.LOCAL_TEXT;
  }

  /** True for text in which a backslash separates values: all but LT, ST, UT and UR. */
  public boolean isMultiValuedText() {
    return isText() && this != LT && this != ST && this != UT && this != UR;
  }

  /** True for the numbers and tags of fixed size: AT, FD, FL, SL, SS, SV, UL, US, UV. */
  public boolean isBinaryNumber() {
    return kind == Kind.BINARY;
  }

  /** True for OB, OD, OF, OL, OV, OW and UN. */
  public boolean isBulk() {
    return kind == Kind.BULK;
  }

  /**
   * True if explicit VR syntaxes give it two reserved bytes and a length of 32 bits, PS3.5 7.1.2.
   */
  public boolean hasLongLength() {
    return switch (this) {
      case OB, OD, OF, OL, OV, OW, SQ, SV, UC, UN, UR, UT, UV -> true;
      case AE, AS, AT, CS, DA, DS, DT, FD, FL, IS, LO, LT, PN, SH, SL, SS, ST, TM, UI, UL, US ->
          false;
    };
  }

  /**
   * The value representation with a two-letter code.
   *
   * @param code first letter in the high byte, second in the low byte
   * @return null if there is none
   */
  public static @Nullable Vr of(int code) {
    int first = (code >> 8) - 'A';
    int second = (code & 0xff) - 'A';
    if (first < 0 || first > 25 || second < 0 || second > 25) {
      return null;
    }
    return BY_CODE[first * 26 + second];
  }

  /** Its two letters as a number: first in the high byte. */
  public int code() {
    return name().charAt(0) << 8 | name().charAt(1);
  }

  private static Vr[] byCode() {
    Vr[] table = new Vr[26 * 26];
    for (Vr vr : values()) {
      table[(vr.name().charAt(0) - 'A') * 26 + vr.name().charAt(1) - 'A'] = vr;
    }
    return table;
  }
}
