package org.ithil.archive.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
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
   * rank.
   */
  static List<Named> of(String modality, List<SeriesFile> files) {
    List<Numbered> sorted = new ArrayList<>(files.size());
    files.forEach(file -> sorted.add(new Numbered(number(file.number().orElse("")), file)));
    sorted.sort(
        Comparator.comparingLong(Numbered::number)
            .thenComparing(numbered -> numbered.file().instance()));
    boolean differ =
        IntStream.range(1, sorted.size())
            .allMatch(i -> sorted.get(i - 1).number() != sorted.get(i).number());
    String prefix = prefix(modality);
    List<Named> named = new ArrayList<>(sorted.size());
    for (int rank = 0; rank < sorted.size(); rank++) {
      Numbered next = sorted.get(rank);
      String digits = Long.toString(differ ? next.number() : rank);
      String zeros = "0".repeat(Math.max(0, LENGTH - prefix.length() - digits.length()));
      named.add(new Named(prefix + zeros + digits + ".dcm", next.file()));
    }
    return named;
  }

  private static String prefix(String modality) {
    String letters = modality.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return letters.substring(0, Math.min(2, letters.length()));
  }

  /** What is no number of 32 bits counts as 0. */
  private static long number(String text) {
    String digits = text.strip();
    if (digits.isEmpty()
        || digits.length() > MOST_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return 0;
    }
    long number = Long.parseLong(digits);
    return number > MOST ? 0 : number;
  }
}
