package org.ithil.dicom.text;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/**
 * The character sets that a data set declares in Specific Character Set (0008,0005), PS3.3
 * C.12.1.1.2. Immutable.
 *
 * <p>Reading is lenient: what cannot be decoded is dropped, terms may be misspelt (ISO-IR 100),
 * known escape sequences work though they are not declared, and text of every VR is decoded, also
 * of those that are restricted to the default repertoire.
 */
public final class SpecificCharacterSet {
  /** The default repertoire, ISO-IR 6. */
  public static final SpecificCharacterSet ASCII =
      new SpecificCharacterSet(List.of(), null, CodeElement.ASCII, null, List.of(), false);

  /** UTF-8, ISO_IR 192. */
  public static final SpecificCharacterSet UTF_8 = make(List.of("ISO_IR 192"));

  /** Those of most files, made once. */
  private static final Map<String, SpecificCharacterSet> COMMON =
      Map.of(
          "ISO_IR 6", make(List.of("ISO_IR 6")),
          "ISO_IR 100", make(List.of("ISO_IR 100")),
          "ISO_IR 192", UTF_8);

  private static final byte ESCAPE = 0x1b;

  private final List<String> terms;
  private final @Nullable Charset whole;
  private final boolean extended;
  private final CodeElement lowAtStart;
  private final @Nullable CodeElement highAtStart;
  private final List<CodeElement> elements;

  /**
   * @param whole set of the whole text, which knows no code extensions; null for ISO 2022
   * @param lowAtStart the G0 set of the first value
   * @param highAtStart the G1 set of the first value
   * @param elements sets beyond ASCII that text may be written in, in the order of their values
   * @param extended whether escape sequences are looked for
   */
  private SpecificCharacterSet(
      List<String> terms,
      @Nullable Charset whole,
      CodeElement lowAtStart,
      @Nullable CodeElement highAtStart,
      List<CodeElement> elements,
      boolean extended) {
    this.terms = List.copyOf(terms);
    this.whole = whole;
    this.lowAtStart = lowAtStart;
    this.highAtStart = highAtStart;
    this.elements = List.copyOf(elements);
    this.extended = extended;
  }

  /**
   * The set with these defined terms, in order.
   *
   * @param terms values of (0008,0005); unknown ones count as the default repertoire
   */
  public static SpecificCharacterSet of(List<String> terms) {
    if (terms.isEmpty()) {
      return ASCII;
    }
    SpecificCharacterSet common = terms.size() == 1 ? COMMON.get(terms.getFirst()) : null;
    return common != null ? common : make(terms);
  }

  private static SpecificCharacterSet make(List<String> terms) {
    List<CodeElement> elements = new ArrayList<>();
    boolean extended = terms.size() > 1;
    for (String given : terms) {
      String term = plain(given);
      Charset whole = whole(term);
      if (whole != null && elements.isEmpty()) {
        return new SpecificCharacterSet(terms, whole, CodeElement.ASCII, null, List.of(), false);
      }
      CodeElement element = element(term);
      if (element != null) {
        elements.add(element);
        extended |= term.startsWith("ISO2022") || element.width() == 2;
      }
    }
    CodeElement first = element(plain(terms.getFirst()));
    CodeElement low = first == CodeElement.KATAKANA ? CodeElement.ROMAJI : CodeElement.ASCII;
    CodeElement high = first != null && first.isHigh() ? first : null;
    return new SpecificCharacterSet(terms, null, low, high, elements, extended);
  }

  /** A set of one byte that no term of the standard names. */
  static SpecificCharacterSet of(CodeElement element) {
    return new SpecificCharacterSet(
        List.of(), null, CodeElement.ASCII, element, List.of(element), false);
  }

  /** True if the term is one of PS3.3 C.12.1.1.2, or a misspelling of one. */
  public static boolean isKnown(String term) {
    String plain = plain(term);
    return plain.equals("ISOIR6")
        || plain.equals("ISO2022IR6")
        || whole(plain) != null
        || element(plain) != null;
  }

  /** The values of (0008,0005), as given. */
  public List<String> terms() {
    return terms;
  }

  private static String plain(String term) {
    StringBuilder plain = new StringBuilder(term.length());
    for (int i = 0; i < term.length(); i++) {
      char c = term.charAt(i);
      if (c != ' ' && c != '_' && c != '-') {
        plain.append(c >= 'a' && c <= 'z' ? (char) (c - 32) : c);
      }
    }
    return plain.toString();
  }

  private static @Nullable Charset whole(String term) {
    return switch (term) {
      case "ISOIR192", "ISO2022IR192" -> StandardCharsets.UTF_8;
      case "GB18030" -> Charset.forName("GB18030");
      case "GBK" -> Charset.forName("GBK");
      default -> null;
    };
  }

  private static @Nullable CodeElement element(String term) {
    return switch (term) {
      case "ISOIR100", "ISO2022IR100" -> CodeElement.LATIN_1;
      case "ISOIR101", "ISO2022IR101" -> CodeElement.LATIN_2;
      case "ISOIR109", "ISO2022IR109" -> CodeElement.LATIN_3;
      case "ISOIR110", "ISO2022IR110" -> CodeElement.LATIN_4;
      case "ISOIR144", "ISO2022IR144" -> CodeElement.CYRILLIC;
      case "ISOIR127", "ISO2022IR127" -> CodeElement.ARABIC;
      case "ISOIR126", "ISO2022IR126" -> CodeElement.GREEK;
      case "ISOIR138", "ISO2022IR138" -> CodeElement.HEBREW;
      case "ISOIR148", "ISO2022IR148" -> CodeElement.LATIN_5;
      case "ISOIR203", "ISO2022IR203" -> CodeElement.LATIN_9;
      case "ISOIR166", "ISO2022IR166" -> CodeElement.THAI;
      case "ISOIR13", "ISO2022IR13" -> CodeElement.KATAKANA;
      case "ISOIR87", "ISO2022IR87" -> CodeElement.KANJI;
      case "ISOIR159", "ISO2022IR159" -> CodeElement.KANJI_SUPPLEMENT;
      case "ISOIR149", "ISO2022IR149" -> CodeElement.HANGUL;
      case "ISOIR58", "ISO2022IR58" -> CodeElement.HANZI;
      default -> null;
    };
  }

  /** Text of an element; what cannot be decoded is dropped. */
  public String decode(byte[] bytes, Vr vr) {
    if (isPlain(bytes)) {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }
    if (whole == null) {
      StringBuilder out = new StringBuilder(bytes.length);
      new Iso2022Decoder(lowAtStart, highAtStart, extended, vr).decode(bytes, true, out);
      return out.toString();
    }
    if (whole.equals(StandardCharsets.UTF_8)) {
      return Utf8.decode(bytes);
    }
    try {
      return lenient(whole).decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e); // errors are ignored
    }
  }

  private static CharsetDecoder lenient(Charset set) {
    return set.newDecoder()
        .onMalformedInput(CodingErrorAction.IGNORE)
        .onUnmappableCharacter(CodingErrorAction.IGNORE);
  }

  /** Decodes as {@link #decode} does, a text that comes in pieces. */
  public TextDecoder decoder(Vr vr) {
    if (whole == null) {
      return new TextDecoder(new Iso2022Decoder(lowAtStart, highAtStart, extended, vr));
    }
    if (whole.equals(StandardCharsets.UTF_8)) {
      return new TextDecoder(Utf8::decode);
    }
    CharsetDecoder decoder = lenient(whole);
    return new TextDecoder((bytes, last, out) -> {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      CharBuffer characters = CharBuffer.allocate(bytes.length + 2);
      decoder.decode(in, characters, last); // never more characters than bytes
      out.append(characters.flip());
      return last ? bytes.length : in.position();
    });
  }

  private boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0 || (b == ESCAPE && extended)) {
        return false;
      }
    }
    return true;
  }

  /** Bytes of a text, not padded; letters that the set lacks are dropped. */
  public byte[] encode(String text, Vr vr) {
    if (whole == null) {
      return new Iso2022Encoder(lowAtStart, highAtStart, elements, vr).encode(text);
    }
    try {
      ByteBuffer encoded =
          whole
              .newEncoder()
              .onMalformedInput(CodingErrorAction.IGNORE)
              .onUnmappableCharacter(CodingErrorAction.IGNORE)
              .encode(CharBuffer.wrap(text));
      byte[] bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new IllegalStateException(e); // errors are ignored
    }
  }

  /**
   * True for the bytes after which the sets of the first value are active again, PS3.5 6.1.2.5.3.
   */
  static boolean isDelimiter(int b, Vr vr) {
    return switch (b) {
      case '\t', '\n', '\f', '\r' -> true;
      case '\\' -> vr.isMultiValuedText();
      case '^', '=' -> vr == Vr.PN;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return String.join("\\", terms);
  }
}
