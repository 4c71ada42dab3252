package org.ithil.dicom.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A code element of ISO 2022 that PS3.3 C.12.1.1.2 defines: a set of characters that is designated
 * to G0 (bytes 21 to 7E) or G1 (bytes A0 to FF) by an escape sequence.
 */
enum CodeElement {
  ASCII("US-ASCII", false, 1, "(B"),
  ROMAJI("JIS_X0201", false, 1, "(J"),
  KATAKANA("JIS_X0201", true, 1, ")I"),
  LATIN_1("ISO-8859-1", true, 1, "-A"),
  LATIN_2("ISO-8859-2", true, 1, "-B"),
  LATIN_3("ISO-8859-3", true, 1, "-C"),
  LATIN_4("ISO-8859-4", true, 1, "-D"),
  CYRILLIC("ISO-8859-5", true, 1, "-L"),
  ARABIC("ISO-8859-6", true, 1, "-G"),
  GREEK("ISO-8859-7", true, 1, "-F"),
  HEBREW("ISO-8859-8", true, 1, "-H"),
  LATIN_5("ISO-8859-9", true, 1, "-M"),
  LATIN_9("ISO-8859-15", true, 1, "-b"),
  THAI("TIS-620", true, 1, "-T"),
  /** Not of the standard: a default encoding only, without an escape sequence. */
  WINDOWS_1251("windows-1251", true, 1, ""),
  KANJI("x-JIS0208", false, 2, "$B"),
  /** The edition of 1978, which old files use; never written. */
  KANJI_1978("x-JIS0208", false, 2, "$@"),
  KANJI_SUPPLEMENT("JIS_X0212-1990", false, 2, "$(D"),
  HANGUL("EUC-KR", true, 2, "$)C"),
  HANZI("GB2312", true, 2, "$)A");

  private static final CodeElement[] ALL = values();
  private static final char UNDEFINED = '\ufffd';

  private final String charset;
  private final boolean high;
  private final int width;
  private final byte[] escape;

  /** Characters of the bytes 80 to FF, once they were needed; for sets of one byte in G1. */
  private volatile char @Nullable [] table;

  CodeElement(String charset, boolean high, int width, String escape) {
    this.charset = charset;
    this.high = high;
    this.width = width;
    this.escape = ('\u001b' + escape).getBytes(StandardCharsets.US_ASCII);
  }

  /** The sets of the JDK are loaded when text needs them: many of them are slow to load. */
  private char[] table() {
    char[] known = table;
    if (known != null) {
      return known;
    }
    char[] characters = new char[high ? 128 : 0];
    Charset set = Charset.forName(charset);
    for (int i = 0; i < characters.length; i++) {
      String decoded = new String(new byte[] {(byte) (128 + i)}, set);
      characters[i] = decoded.length() == 1 ? decoded.charAt(0) : UNDEFINED;
    }
    table = characters;
    return characters;
  }

  /** True if its place is G1. */
  boolean isHigh() {
    return high;
  }

  /** Bytes per character, 1 or 2. */
  int width() {
    return width;
  }

  /** Its escape sequence, ESC included. */
  byte[] escape() {
    return escape;
  }

  /** The element that an escape sequence at this place designates, or null. */
  static @Nullable CodeElement designatedAt(byte[] bytes, int at) {
    for (CodeElement element : ALL) {
      byte[] escape = element.escape;
      if (escape.length > 1 && matches(bytes, at, escape)) {
        return element;
      }
    }
    return null;
  }

  private static boolean matches(byte[] bytes, int at, byte[] expected) {
    return at + expected.length <= bytes.length
        && java.util.Arrays.equals(bytes, at, at + expected.length, expected, 0, expected.length);
  }

  /** Appends the character of a byte of 80 to FF, if it has one; for sets of one byte in G1. */
  void decodeHigh(byte b, StringBuilder out) {
    char c = table()[b & 0x7f];
    if (c != UNDEFINED) {
      out.append(c);
    }
  }

  /** Appends the characters of pairs of bytes; those that are none are dropped. */
  void decodePairs(byte[] bytes, int from, int to, StringBuilder out) {
    String decoded = new String(bytes, from, to - from, Charset.forName(charset));
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c != UNDEFINED && c >= 0x80) {
        out.append(c);
      }
    }
  }

  /** The bytes of a character beyond ASCII, or null if the set lacks it. */
  byte @Nullable [] encode(char c) {
    if (width == 1) {
      char[] characters = table();
      for (int i = 0; i < characters.length; i++) {
        if (characters[i] == c && c != UNDEFINED) {
          return new byte[] {(byte) (128 + i)};
        }
      }
      return null;
    }
    Charset set = Charset.forName(charset);
    if (!set.newEncoder().canEncode(c)) {
      return null;
    }
    byte[] bytes = String.valueOf(c).getBytes(set);
    return bytes.length == 2 && bytes[0] < 0 == high && bytes[1] < 0 == high ? bytes : null;
  }
}
