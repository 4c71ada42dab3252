package org.ithil.dicom.deidentification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;

/**
 * Takes out of texts what identifies somebody: words that the same data set has as a name,
 * identifier or address anywhere, words behind titles, mail addresses, dates, telephone numbers,
 * UIDs, and long numbers. A name that the data set has nowhere else is not recognized.
 */
final class TextCleaner {
  private static final Pattern TITLED =
      Pattern.compile(
          "\\b(?:Dr|Prof|Mrs?|Ms|Miss|Mme|Mlle|Herr|Frau|Sr|Sra)\\b\\.?(?:\\s+\\p{Lu}[\\p{L}'’-]*)+");
  private static final Pattern NUMBERS =
      Pattern.compile(
          "\\d+(?:\\.\\d+){2,}|\\d{1,4}[./-]\\d{1,2}[./-]\\d{1,4}|\\+?\\d[\\d"
              + " ()/-]{6,}\\d|\\d{5,}");
  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+(?:['’.\\-_/:@^=+][\\p{L}\\p{M}\\p{N}]+)*");
  private static final Pattern PART = Pattern.compile("[\\p{L}\\p{M}\\p{N}]+");
  private static final int SHORTEST_OF_NAME = 2;
  private static final int SHORTEST = 3;

  private final Set<String> words = new HashSet<>();

  /**
   * @param dataSet as it was, whose names and identifiers are looked for
   */
  TextCleaner(DataSet dataSet, SpecificCharacterSet inherited) {
    learn(dataSet, inherited);
  }

  private void learn(DataSet dataSet, SpecificCharacterSet inherited) {
    SpecificCharacterSet characterSet = dataSet.characterSet(inherited);
    for (Element element : dataSet) {
      if (element.value() instanceof Value.Items(List<DataSet> items)) {
        items.forEach(item -> learn(item, characterSet));
      } else if (element.vr() == Vr.PN) {
        learn(element.text(characterSet), SHORTEST_OF_NAME);
      } else if (isIdentifying(element)) {
        learn(element.text(characterSet), SHORTEST);
      }
    }
  }

  /** A text that the profile takes away, and that is no description. */
  private static boolean isIdentifying(Element element) {
    boolean text =
        switch (element.vr()) {
          case AE, LO, LT, SH, ST, UC, UR, UT -> true;
          default -> false;
        };
    if (!text || element.tag() == Tag.PatientSex) {
      return false;
    }
    StandardProfile.Row row = StandardProfile.row(element.tag());
    return row != null && row.letter(DeidentificationOption.CLEAN_DESCRIPTORS) != 'C';
  }

  private void learn(String text, int shortest) {
    learn(WORD.matcher(text), SHORTEST);
    learn(PART.matcher(text), shortest);
  }

  private void learn(Matcher found, int shortest) {
    while (found.find()) {
      if (found.end() - found.start() >= shortest) {
        words.add(folded(found.group()));
      }
    }
  }

  private static String folded(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  /** The element with its texts cleaned. */
  Element of(Element element, SpecificCharacterSet characterSet) {
    List<String> cleaned = new ArrayList<>();
    for (String value : element.texts(characterSet)) {
      cleaned.add(clean(value));
    }
    return Elements.text(element.tag(), element.vr(), String.join("\\", cleaned), characterSet);
  }

  String clean(String text) {
    String untitled = TITLED.matcher(text).replaceAll(" ");
    String unnumbered = NUMBERS.matcher(untitled).replaceAll(" ");
    StringBuilder result = new StringBuilder();
    Matcher found = WORD.matcher(unnumbered);
    int done = 0;
    while (found.find()) {
      result.append(unnumbered, done, found.start());
      if (!identifies(found.group())) {
        result.append(found.group());
      }
      done = found.end();
    }
    result.append(unnumbered, done, unnumbered.length());
    return result.toString().replaceAll(" {2,}", " ").strip();
  }

  private boolean identifies(String word) {
    if (word.indexOf('@') >= 0 || word.indexOf('^') >= 0 || words.contains(folded(word))) {
      return true;
    }
    Matcher parts = PART.matcher(word);
    while (parts.find()) {
      if (words.contains(folded(parts.group()))) {
        return true;
      }
    }
    return false;
  }
}
