package org.ithil.archive.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.ithil.archive.index.IndexReader.SeriesFile;

/** Names of the files of one series, as the reference makes them. */
final class FileNames {
  private static final long MOST = 0xffffffffL;
  private static final int MOST_DIGITS = 12;
  private static final int LENGTH = 8;

  private FileNames() {}

  /** A file with its name. */
  record Named(String name, SeriesFile file) {}

  private record Numbered(long number, SeriesFile file) {}

  /**
   * The files in the order of their numbers; they are named by these if all differ, else by their
   * rank. Names are made one by one, as they are asked for.
   */
  static Stream<Named> of(String modality, List<SeriesFile> files) {
    List<Numbered> sorted = new ArrayList<>(files.size());
    files.forEach(file -> sorted.add(new Numbered(number(file.number().orElse("")), file)));
    sorted.sort(FileNames::compare);
    boolean differ = differ(sorted);
    String prefix = prefix(modality);
    return IntStream.range(0, sorted.size())
        .mapToObj(rank -> {
          Numbered next = sorted.get(rank);
          String digits = Long.toString(differ ? next.number() : rank);
          String zeros = "0".repeat(Math.max(0, LENGTH - prefix.length() - digits.length()));
          return new Named(prefix + zeros + digits + ".dcm", next.file());
        });
  }

  private static int compare(Numbered one, Numbered other) {
    int order = Long.compare(one.number(), other.number());
    return order != 0 ? order : one.file().instance().compareTo(other.file().instance());
  }

  private static boolean differ(List<Numbered> sorted) {
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i - 1).number() == sorted.get(i).number()) {
        return false;
      }
    }
    return true;
  }

  private static String prefix(String modality) {
    String letters = modality.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return letters.substring(0, Math.min(2, letters.length()));
  }

  /** What is no number of 32 bits counts as 0. */
  private static long number(String text) {
    String digits = text.strip();
    if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
      return 0;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return 0;
      }
    }
    long number = Long.parseLong(digits);
    return number > MOST ? 0 : number;
  }
}
