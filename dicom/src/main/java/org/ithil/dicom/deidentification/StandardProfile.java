package org.ithil.dicom.deidentification;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.ithil.dicom.data.Tags;
import org.jspecify.annotations.Nullable;

/**
 * PS3.15 Table E.1-1 with options: {@code standard-profile.tsv}. Where the table lets the type of
 * an attribute in its IOD decide, it is what fits all types: Z of X/Z, D of X/D, Z/D and X/Z/D.
 */
final class StandardProfile {
  /** What De-identification Method says of it. */
  static final String METHOD = " - PS3.15-2024e Table E.1-1 Basic Profile";

  /** What is done to an element. */
  enum Action {
    KEEP,
    REMOVE,
    EMPTY,
    /** A dummy value in the place of one. */
    DUMMY,
    /** A dummy value, also if there was none. */
    DUMMY_ALWAYS,
    NEW_UID,
    /** Dates and times move. */
    SHIFT,
    /** Application entity titles become pseudonyms. */
    NEW_TITLE,
    /** What identifies somebody goes out of texts. */
    CLEAN
  }

  /**
   * A row of the table.
   *
   * @param base action of the profile without options
   * @param letters of the options
   */
  record Row(String base, String letters) {
    char letter(DeidentificationOption option) {
      return letters.charAt(option.ordinal());
    }
  }

  private static final Map<String, Row> ROWS = load();
  private static final Map<Integer, Row> BY_TAG = byTag();

  private final Set<DeidentificationOption> options;
  private final Map<Integer, Action> actions = new HashMap<>();

  StandardProfile(Set<DeidentificationOption> options) {
    this.options = options;
    BY_TAG.forEach((tag, row) -> actions.put(tag, decide(row)));
  }

  boolean has(DeidentificationOption option) {
    return options.contains(option);
  }

  /** What is done to a tag of the standard. */
  Action action(int tag) {
    Action action = actions.get(tag);
    if (action != null) {
      return action;
    }
    // Curves, and overlays: what is left of a plane without its data would be invalid.
    int family = tag >>> 24;
    return family == 0x50 || family == 0x60 && Tags.group(tag) % 2 == 0
        ? Action.REMOVE
        : Action.KEEP;
  }

  /** What happens without options. */
  static Action base(int tag) {
    Row row = row(tag);
    return row == null ? Action.KEEP : base(row);
  }

  /** The row of a tag; null if the table lacks it. */
  static @Nullable Row row(int tag) {
    Row row = BY_TAG.get(tag);
    if (row != null) {
      return row;
    }
    return switch (tag >>> 24) {
      case 0x50 -> ROWS.get("50xx,xxxx");
      case 0x60 ->
          Tags.group(tag) % 2 == 0 ? ROWS.get("60xx," + Tags.format(tag).substring(5)) : null;
      default -> null;
    };
  }

  private Action decide(Row row) {
    Action chosen = null;
    for (DeidentificationOption option : options) {
      Action action = decide(row, option);
      // That a date moves is part of what the profile promises, so it wins over keeping it.
      if (action != null && (chosen == null || action == Action.SHIFT || chosen == Action.CLEAN)) {
        chosen = chosen == Action.SHIFT ? chosen : action;
      }
    }
    return chosen == null ? base(row) : chosen;
  }

  private static @Nullable Action decide(Row row, DeidentificationOption option) {
    char letter = row.letter(option);
    if (letter == 'K') {
      return Action.KEEP;
    }
    if (letter != 'C') {
      return null;
    }
    return switch (option) {
      case RETAIN_LONGITUDINAL_MODIFIED_DATES -> Action.SHIFT;
      case RETAIN_DEVICE_IDENTITY -> Action.NEW_TITLE;
      default -> Action.CLEAN;
    };
  }

  private static Action base(Row row) {
    return switch (row.base()) {
      case "X" -> Action.REMOVE;
      case "Z", "X/Z" -> Action.EMPTY;
      case "D" -> Action.DUMMY_ALWAYS;
      case "Z/D", "X/D", "X/Z/D" -> Action.DUMMY;
      case "U", "X/Z/U*" -> Action.NEW_UID;
      default -> throw new IllegalStateException("unknown action " + row.base());
    };
  }

  private static Map<String, Row> load() {
    Map<String, Row> rows = new HashMap<>();
    for (String line : ReferenceTable.lines("standard-profile.tsv")) {
      String[] columns = line.split("\t", -1);
      rows.put(columns[0], new Row(columns[1], columns[2]));
    }
    return Map.copyOf(rows);
  }

  private static Map<Integer, Row> byTag() {
    Map<Integer, Row> rows = new HashMap<>();
    ROWS.forEach((tag, row) -> Tags.parse(tag).ifPresent(number -> rows.put(number, row)));
    return Map.copyOf(rows);
  }
}
