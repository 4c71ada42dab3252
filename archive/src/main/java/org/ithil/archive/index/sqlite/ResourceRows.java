package org.ithil.archive.index.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.Resource.SeriesStatus;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/** Makes resources of rows. */
final class ResourceRows {
  private final SqliteReader reader;
  private final Session session;
  private final Map<Long, String> signatures = new HashMap<>();

  ResourceRows(SqliteReader reader) {
    this.reader = reader;
    this.session = reader.session;
  }

  /** What a table says of a resource; {@code extra} depends on the level, see {@link Table}. */
  @SuppressWarnings("ArrayRecordComponent")
  record Row(
      long key,
      ResourceId id,
      byte[] tags,
      byte[] facts,
      long signature,
      @Nullable Long parent,
      @Nullable Long updated,
      @Nullable Long stableAt,
      @Nullable Long extra) {
    static Row of(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          ResourceId.of(row.getBytes(2)),
          row.getBytes(3),
          row.getBytes(4),
          row.getLong(5),
          SqliteReader.nullable(row, 6),
          SqliteReader.nullable(row, 7),
          SqliteReader.nullable(row, 8),
          SqliteReader.nullable(row, 9));
    }
  }

  /** The resource that a row belongs to, whole. */
  Resource complete(Level level, Row row) {
    Optional<Level> child = level.child();
    Long parent = row.parent();
    return new Resource(
        level,
        row.id(),
        parent == null ? null : reader.idOf(level.parent().orElseThrow(), parent),
        child.isEmpty()
            ? List.of()
            : session.list(Table.of(child.get()).idsOfParent, SqliteReader::id, row.key()),
        Collections.unmodifiableMap(Documents.read(row.tags())),
        level == Level.STUDY ? patientTags(row.key()) : Map.of(),
        Collections.unmodifiableMap(metadata(level, row)),
        row.stableAt() == null,
        row.updated() == null ? null : Instant.ofEpochMilli(row.updated()),
        level == Level.PATIENT && row.extra() != null && row.extra() != 0,
        Collections.unmodifiableSortedSet(reader.labels(row.key())),
        level == Level.INSTANCE
            ? reader.attachment(row.key(), Attachment.DICOM).orElse(null)
            : null,
        level == Level.SERIES ? status(row.key(), row.extra()) : SeriesStatus.UNKNOWN);
  }

  private Map<Integer, String> patientTags(long study) {
    byte[] document =
        session
            .one("SELECT patient_tags FROM study WHERE key = ?", r -> r.getBytes(1), study)
            .orElseThrow();
    return Collections.unmodifiableMap(Documents.read(document));
  }

  /** All metadata of a resource, wherever it is kept. */
  SortedMap<Integer, Metadata.Entry> metadata(Level level, Row row) {
    SortedMap<Integer, Metadata.Entry> all = new TreeMap<>();
    Documents.read(row.facts()).forEach((n, text) -> all.put(n, new Metadata.Entry(text, 0)));
    if (row.updated() != null) {
      all.put(
          Metadata.LAST_UPDATE,
          new Metadata.Entry(Metadata.time(Instant.ofEpochMilli(row.updated())), 0));
    }
    all.put(Metadata.MAIN_DICOM_TAGS_SIGNATURE, new Metadata.Entry(signature(row.signature()), 0));
    Long extra = row.extra();
    if (extra != null && level == Level.INSTANCE) {
      all.put(Metadata.INDEX_IN_SERIES, new Metadata.Entry(Long.toString(extra), 0));
    }
    if (extra != null && level == Level.SERIES) {
      all.put(Metadata.EXPECTED_NUMBER_OF_INSTANCES, new Metadata.Entry(extra.toString(), 0));
    }
    session
        .list(
            "SELECT number, text, revision FROM metadata WHERE owner = ?",
            r -> Map.entry(r.getInt(1), new Metadata.Entry(r.getString(2), r.getLong(3))),
            row.key())
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  /** Forgets what was read in a transaction that was rolled back. */
  void forget() {
    signatures.clear();
  }

  private String signature(long key) {
    String text = signatures.get(key);
    if (text == null) {
      text =
          session
              .one("SELECT text FROM signature WHERE key = ?", r -> r.getString(1), key)
              .orElseThrow();
      signatures.put(key, text);
    }
    return text;
  }

  SeriesStatus status(long series, @Nullable Long expected) {
    if (expected == null) {
      return SeriesStatus.UNKNOWN;
    }
    List<Long> numbers =
        session.list(
            "SELECT ifnull(number, -1) FROM instance WHERE parent = ?", r -> r.getLong(1), series);
    return SeriesProgress.status(expected, numbers);
  }
}
