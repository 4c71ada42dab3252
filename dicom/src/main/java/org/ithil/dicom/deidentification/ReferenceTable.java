package org.ithil.dicom.deidentification;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ithil.dicom.data.Tags;
import org.ithil.dicom.dictionary.Tag;

/** What the profiles of the reference do to each tag: {@code reference-profiles.tsv}. */
final class ReferenceTable {
  /** What is done to an element. */
  enum Action {
    KEEP,
    REMOVE,
    EMPTY,
    NEW_UID,
    /** Who writes it decides. */
    OWN
  }

  private static final List<Map<Integer, Action>> TABLES = load();

  private ReferenceTable() {}

  /**
   * The table was made of an instance without Digital Signatures Sequence (FFFA,FFFA) and Data Set
   * Trailing Padding (FFFC,FFFC); recordings of others show that both go.
   */
  static Action action(ProfileVersion version, int tag) {
    if (tag == Tag.DigitalSignaturesSequence || tag == Tag.DataSetTrailingPadding) {
      return Action.REMOVE;
    }
    return TABLES.get(version.ordinal()).getOrDefault(tag, Action.KEEP);
  }

  /** The lines of a table, which is a resource of this package. */
  static List<String> lines(String name) {
    try (InputStream in = ReferenceTable.class.getResourceAsStream(name);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, name), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Map<Integer, Action>> load() {
    List<Map<Integer, Action>> tables =
        List.of(new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashMap<>());
    for (String line : lines("reference-profiles.tsv")) {
      int tag = Tags.parse(line.substring(0, 9)).orElseThrow();
      for (int i = 0; i < tables.size(); i++) {
        Action action = action(line.charAt(10 + i));
        if (action != Action.KEEP) {
          tables.get(i).put(tag, action);
        }
      }
    }
    return tables;
  }

  private static Action action(char letter) {
    return switch (letter) {
      case 'K' -> Action.KEEP;
      case 'X' -> Action.REMOVE;
      case 'Z', 'E' -> Action.EMPTY;
      case 'U' -> Action.NEW_UID;
      case 'R' -> Action.OWN;
      default -> throw new IllegalStateException("unknown action " + letter);
    };
  }
}
