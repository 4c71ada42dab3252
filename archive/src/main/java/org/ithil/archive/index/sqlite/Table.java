package org.ithil.archive.index.sqlite;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.dictionary.Tag;

/** The table of a level. */
enum Table {
  PATIENT(
      List.of(
          new Search("patient_id", Tag.PatientID),
          new Search("patient_name", Tag.PatientName),
          new Search("birth_date", Tag.PatientBirthDate),
          new Search("sex", Tag.PatientSex))),
  STUDY(
      List.of(
          new Search("study_uid", Tag.StudyInstanceUID),
          new Search("study_date", Tag.StudyDate),
          new Search("study_time", Tag.StudyTime),
          new Search("accession", Tag.AccessionNumber),
          new Search("description", Tag.StudyDescription),
          new Search("referrer", Tag.ReferringPhysicianName))),
  SERIES(
      List.of(
          new Search("series_uid", Tag.SeriesInstanceUID),
          new Search("modality", Tag.Modality),
          new Search("description", Tag.SeriesDescription))),
  INSTANCE(List.of());

  /** A column with the normalised text of a tag. */
  record Search(String column, int tag) {}

  private final List<Search> searches;
  private final String table;
  final String keyOfId;
  final String idOfKey;
  final String tagsOfId;
  final String parentOfKey;
  final String idsOfParent;
  final String firstOfParent;
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
    tagsOfId = "SELECT tags FROM " + table + " WHERE id = ?";
    parentOfKey = top ? "" : "SELECT parent FROM " + table + " WHERE key = ?";
    idsOfParent = top ? "" : "SELECT id FROM " + table + " WHERE parent = ? ORDER BY id";
    // "+" keeps SQLite from going through all instances in the order of id.
    firstOfParent =
        top
            ? ""
            : "SELECT key FROM "
                + table
                + " WHERE parent = ? ORDER BY "
                + (bottom ? "+id" : "id")
                + " LIMIT 1";
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
