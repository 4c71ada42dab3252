package org.ithil.archive.index.sqlite;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ithil.archive.resource.Level;

/** The table of a level. */
enum Table {
  PATIENT(
      List.of(
          new Search("patient_id", 0x00100020),
          new Search("patient_name", 0x00100010),
          new Search("birth_date", 0x00100030),
          new Search("sex", 0x00100040))),
  STUDY(
      List.of(
          new Search("study_uid", 0x0020000d),
          new Search("study_date", 0x00080020),
          new Search("study_time", 0x00080030),
          new Search("accession", 0x00080050),
          new Search("description", 0x00081030),
          new Search("referrer", 0x00080090))),
  SERIES(
      List.of(
          new Search("series_uid", 0x0020000e),
          new Search("modality", 0x00080060),
          new Search("description", 0x0008103e))),
  INSTANCE(List.of());

  /** A column with the normalised text of a tag. */
  record Search(String column, int tag) {}

  private final List<Search> searches;
  private final String table;
  final String keyOfId;
  final String idOfKey;
  final String parentOfKey;
  final String idsOfParent;
  final String deleteKey;
  final String resource;
  final String resourcesOfParent;

  Table(List<Search> searches) {
    this.searches = searches;
    this.table = name().toLowerCase(java.util.Locale.ROOT);
    boolean top = name().equals("PATIENT");
    boolean bottom = name().equals("INSTANCE");
    keyOfId = "SELECT key FROM " + table + " WHERE id = ?";
    idOfKey = "SELECT id FROM " + table + " WHERE key = ?";
    parentOfKey = top ? "" : "SELECT parent FROM " + table + " WHERE key = ?";
    idsOfParent = top ? "" : "SELECT id FROM " + table + " WHERE parent = ? ORDER BY id";
    deleteKey = "DELETE FROM " + table + " WHERE key = ?";
    String columns =
        "SELECT key, id, tags, facts, signature, "
            + (top ? "NULL" : "parent")
            + ", "
            + (bottom ? "NULL, NULL" : "updated, stable_at")
            + ", "
            + (top
                ? "protected"
                : bottom ? "number" : name().equals("SERIES") ? "expected" : "NULL")
            + " FROM "
            + table;
    resource = columns + " WHERE id = ?";
    resourcesOfParent = columns + " WHERE parent = ?";
    resources = columns;
  }

  /** To be continued by WHERE and ORDER BY. */
  final String resources;

  static Table of(Level level) {
    return values()[level.ordinal()];
  }

  Level level() {
    return Level.values()[ordinal()];
  }

  String table() {
    return table;
  }

  List<Search> searches() {
    return searches;
  }

  /** An INSERT with values for these columns, then the search columns. */
  String insert(String... columns) {
    String names =
        String.join(", ", columns)
            + searches.stream().map(s -> ", " + s.column()).collect(Collectors.joining());
    String marks = Arrays.stream(names.split(",")).map(c -> "?").collect(Collectors.joining(", "));
    return "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")";
  }
}
