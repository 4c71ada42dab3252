package org.ithil.dicom.text;

import java.util.List;
import java.util.Optional;

/**
 * What the configuration calls a character set: values of the key {@code DefaultEncoding}, by which
 * text without Specific Character Set (0008,0005) is read and answers are written.
 */
public enum DefaultEncoding {
  ASCII("Ascii", "ISO_IR 6"),
  UTF8("Utf8", "ISO_IR 192"),
  LATIN1("Latin1", "ISO_IR 100"),
  LATIN2("Latin2", "ISO_IR 101"),
  LATIN3("Latin3", "ISO_IR 109"),
  LATIN4("Latin4", "ISO_IR 110"),
  LATIN5("Latin5", "ISO_IR 148"),
  CYRILLIC("Cyrillic", "ISO_IR 144"),
  /** No set of the standard: read only; what is written is Cyrillic. */
  WINDOWS1251("Windows1251", "ISO_IR 144"),
  ARABIC("Arabic", "ISO_IR 127"),
  GREEK("Greek", "ISO_IR 126"),
  HEBREW("Hebrew", "ISO_IR 138"),
  THAI("Thai", "ISO_IR 166"),
  JAPANESE("Japanese", "ISO_IR 13"),
  CHINESE("Chinese", "GB18030"),
  JAPANESE_KANJI("JapaneseKanji", "ISO 2022 IR 87"),
  KOREAN("Korean", "ISO 2022 IR 149"),
  SIMPLIFIED_CHINESE("SimplifiedChinese", "ISO 2022 IR 58");

  private final String configured;
  private final SpecificCharacterSet declared;

  DefaultEncoding(String configured, String term) {
    this.configured = configured;
    this.declared = SpecificCharacterSet.of(List.of(term));
  }

  /** The canonical name in the configuration. */
  public String configured() {
    return configured;
  }

  /** The encoding with a name, upper and lower case alike; empty if there is none. */
  public static Optional<DefaultEncoding> of(String name) {
    for (DefaultEncoding encoding : values()) {
      if (encoding.configured.equalsIgnoreCase(name)) {
        return Optional.of(encoding);
      }
    }
    return Optional.empty();
  }

  /** By which text without declaration is read. */
  public SpecificCharacterSet characterSet() {
    return this == WINDOWS1251 ? SpecificCharacterSet.of(CodeElement.WINDOWS_1251) : declared;
  }

  /** By which text is written; its {@link SpecificCharacterSet#terms} go to (0008,0005). */
  public SpecificCharacterSet declared() {
    return declared;
  }
}
