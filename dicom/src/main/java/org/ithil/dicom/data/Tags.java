package org.ithil.dicom.data;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;

/**
 * Data element tags as numbers: group in the high 16 bits, element in the low 16 bits, unsigned.
 */
public final class Tags {
  /** Item (FFFE,E000), PS3.5 7.5. */
  public static final int ITEM = 0xfffee000;

  /** Item Delimitation Item (FFFE,E00D). */
  public static final int ITEM_DELIMITER = 0xfffee00d;

  /** Sequence Delimitation Item (FFFE,E0DD). */
  public static final int SEQUENCE_DELIMITER = 0xfffee0dd;

  private Tags() {}

  /** The tag with this group and element, 0 to 0xffff each. */
  public static int of(int group, int element) {
    return group << 16 | element;
  }

  public static int group(int tag) {
    return tag >>> 16;
  }

  public static int element(int tag) {
    return tag & 0xffff;
  }

  /** True for odd groups. */
  public static boolean isPrivate(int tag) {
    return (tag & 0x10000) != 0;
  }

  /**
   * True for (gggg,0010) to (gggg,00FF) of an odd group: it names the creator of a block, PS3.5
   * 7.8.1.
   */
  public static boolean isPrivateCreator(int tag) {
    return isPrivate(tag) && element(tag) >= 0x10 && element(tag) <= 0xff;
  }

  /** True for (gggg,0000). */
  public static boolean isGroupLength(int tag) {
    return element(tag) == 0;
  }

  /** The element that names the creator of a private element at or above (gggg,1000). */
  public static int creatorOf(int privateTag) {
    return of(group(privateTag), element(privateTag) >>> 8);
  }

  /** "gggg,eeee" in lower case. */
  public static String format(int tag) {
    return format(tag, ',');
  }

  /** "gggg", the separator, "eeee", in lower case. */
  public static String format(int tag, char separator) {
    byte[] text = new byte[9];
    for (int i = 0; i < 8; i++) {
      int digit = tag >>> (28 - 4 * i) & 15;
      text[i < 4 ? i : i + 1] = (byte) (digit < 10 ? '0' + digit : 'a' - 10 + digit);
    }
    text[4] = (byte) separator;
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  /**
   * Reads "gggg,eeee", "gggg-eeee" or "ggggeeee", hexadecimal digits of any case; empty if it is
   * none of these.
   */
  public static OptionalInt parse(String text) {
    boolean separated = text.length() == 9 && (text.charAt(4) == ',' || text.charAt(4) == '-');
    if (!separated && text.length() != 8) {
      return OptionalInt.empty();
    }
    int tag = 0;
    for (int i = 0; i < text.length(); i++) {
      if (separated && i == 4) {
        continue;
      }
      char c = text.charAt(i);
      int digit = c < 128 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return OptionalInt.empty();
      }
      tag = tag << 4 | digit;
    }
    return OptionalInt.of(tag);
  }
}
