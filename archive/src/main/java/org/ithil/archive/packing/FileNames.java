package org.ithil.archive.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ithil.archive.index.IndexReader.SeriesFile;

/** Names of the files of one series, as the reference makes them. */
final class FileNames {
  private static final long MOST = 0xffffffffL;

  private FileNames() {}

  /** A file with its name. */
  record Named(String name, SeriesFile file) {}

  /** The files in the order of their numbers. */
  static List<SeriesFile> sorted(List<SeriesFile> files) {
    return files.stream()
        .sorted(
            Comparator.comparingLong(FileNames::number)
                .thenComparing(SeriesFile::instance))
        .toList();
  }

  /** Names for sorted files: by their numbers if all differ, else by their rank. */
  static List<Named> of(String modality, List<SeriesFile> sorted) {
    boolean differ =
        IntStream.range(1, sorted.size())
            .allMatch(i -> number(sorted.get(i - 1)) != number(sorted.get(i)));
    String prefix = prefix(modality);
    String format = prefix + "%0" + (8 - prefix.length()) + "d.dcm";
    List<Named> named = new ArrayList<>(sorted.size());
    for (int rank = 0; rank < sorted.size(); rank++) {
      SeriesFile file = sorted.get(rank);
      long number = differ ? number(file) : rank;
      named.add(new Named(String.format(Locale.ROOT, format, number), file));
    }
    return named;
  }

  private static String prefix(String modality) {
    String letters =
        modality.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
    return letters.substring(0, Math.min(2, letters.length()));
  }

  /** What is no number of 32 bits counts as 0. */
  private static long number(SeriesFile file) {
    Optional<String> text = file.number().map(String::strip);
    if (text.isEmpty() || !text.get().matches("\\+?[0-9]{1,12}")) {
      return 0;
    }
    long number = Long.parseLong(text.get());
    return number > MOST ? 0 : number;
  }
}
