package org.ithil.archive.index;

import java.text.Normalizer;
import java.util.Locale;

/** Text as it is searched for: upper case, accents removed, without blanks at its ends. */
public final class SearchText {
  private SearchText() {}

  public static String normalise(String text) {
    boolean plain = true;
    for (int i = 0; i < text.length() && plain; i++) {
      plain = text.charAt(i) < 0x80;
    }
    if (plain) {
      return text.strip().toUpperCase(Locale.ROOT);
    }
    String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
    StringBuilder bare = new StringBuilder(decomposed.length());
    decomposed
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
        .forEach(bare::appendCodePoint);
    return bare.toString().strip().toUpperCase(Locale.ROOT);
  }
}
