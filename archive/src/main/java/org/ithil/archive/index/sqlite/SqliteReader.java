package org.ithil.archive.index.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.ithil.archive.change.ChangePage;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.export.ExportPage;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.Page;
import org.ithil.archive.job.JobReader;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.Resource.SeriesStatus;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/** Reads through one session, which is in a transaction. */
class SqliteReader implements IndexReader {
  private static final String ATTACHMENT =
      "SELECT type, uuid, size, stored, compression, md5, stored_md5, crc32, revision"
          + " FROM attachment WHERE owner = ?";

  final Session session;
  private final SqliteLog log;
  private final ResourceRows rows;
  private final SqliteJobReader jobs;

  SqliteReader(Session session) {
    this.session = session;
    this.log = new SqliteLog(session);
    this.rows = new ResourceRows(this);
    this.jobs = new SqliteJobReader(session);
  }

  static @Nullable Long nullable(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  static ResourceId id(ResultSet row) throws SQLException {
    return ResourceId.of(row.getBytes(1));
  }

  @Nullable Long key(Level level, ResourceId id) {
    return session.number(Table.of(level).keyOfId, (Object) id.bytes());
  }

  long existing(Level level, ResourceId id) {
    Long key = key(level, id);
    if (key == null) {
      throw new NoSuchElementException(level.type() + " " + id);
    }
    return key;
  }

  /** The key of the parent of a row that exists, at a level other than the top one. */
  long parent(Level level, long key) {
    Long parent = session.number(Table.of(level).parentOfKey, key);
    if (parent == null) {
      throw new IllegalStateException(level.type() + " " + key + " has no parent");
    }
    return parent;
  }

  @Override
  public List<ResourceId> ids(Level level, Page page) {
    String select = "SELECT id FROM " + Table.of(level).table();
    long limit = page.limit() == 0 ? -1 : page.limit();
    return page.after().isPresent()
        ? session.list(
            select + " WHERE id > ? ORDER BY id LIMIT ? OFFSET ?",
            SqliteReader::id,
            page.after().get().bytes(),
            limit,
            page.since())
        : session.list(
            select + " ORDER BY id LIMIT ? OFFSET ?", SqliteReader::id, limit, page.since());
  }

  @Override
  public List<Resource> resources(Level level, Page page) {
    String select = Table.of(level).resources;
    long limit = page.limit() == 0 ? -1 : page.limit();
    List<ResourceRows.Row> found =
        page.after().isPresent()
            ? session.list(
                select + " WHERE id > ? ORDER BY id LIMIT ? OFFSET ?",
                ResourceRows.Row::of,
                page.after().get().bytes(),
                limit,
                page.since())
            : session.list(
                select + " ORDER BY id LIMIT ? OFFSET ?",
                ResourceRows.Row::of,
                limit,
                page.since());
    return found.stream().map(row -> rows.complete(level, row)).toList();
  }

  @Override
  public Optional<Resource> resource(Level level, ResourceId id) {
    return session
        .one(Table.of(level).resource, ResourceRows.Row::of, (Object) id.bytes())
        .map(row -> rows.complete(level, row));
  }

  @Override
  public boolean exists(Level level, ResourceId id) {
    return key(level, id) != null;
  }

  @Override
  public Optional<Map<Integer, String>> mainTags(Level level, ResourceId id) {
    return session
        .one(Table.of(level).tagsOfId, row -> row.getBytes(1), (Object) id.bytes())
        .map(document -> Collections.unmodifiableMap(Documents.read(document)));
  }

  @Override
  public Optional<Level> level(ResourceId id) {
    for (Level level : Level.values()) {
      if (exists(level, id)) {
        return Optional.of(level);
      }
    }
    return Optional.empty();
  }

  /** A condition on the table of {@code lower}: belongs to the row of {@code level} with key ?. */
  static String below(Level level, Level lower) {
    if (level == lower) {
      return "key = ?";
    }
    Level between = lower.parent().orElseThrow();
    return between == level
        ? "parent = ?"
        : "parent IN (SELECT key FROM "
            + Table.of(between).table()
            + " WHERE "
            + below(level, between)
            + ")";
  }

  @Override
  public List<ResourceId> descendants(Level level, ResourceId id, Level lower, Page page) {
    checkLower(level, lower);
    Long key = key(level, id);
    if (key == null) {
      return List.of();
    }
    // By "+id" those of the parent are looked at, not all of the archive in the order of id.
    return session.list(
        "SELECT id FROM "
            + Table.of(lower).table()
            + " WHERE "
            + below(level, lower)
            + " AND +id > ? ORDER BY +id LIMIT ? OFFSET ?",
        SqliteReader::id,
        key,
        page.after().map(ResourceId::bytes).orElse(new byte[0]),
        page.limit() == 0 ? -1L : page.limit(),
        page.since());
  }

  @Override
  public Optional<ResourceId> firstDescendant(Level level, ResourceId id, Level lower) {
    checkLower(level, lower);
    Long key = key(level, id);
    for (Level at = level; at != lower && key != null; ) {
      at = at.child().orElseThrow();
      key = session.number(Table.of(at).firstOfParent, key);
    }
    return key == null ? Optional.empty() : Optional.of(idOf(lower, key));
  }

  @Override
  public void forEachDescendant(
      Level level, ResourceId id, Level lower, Consumer<Origins> visitor) {
    checkLower(level, lower);
    Long key = key(level, id);
    if (key != null) {
      session.each(
          "SELECT id, tags, facts FROM "
              + Table.of(lower).table()
              + " WHERE "
              + below(level, lower),
          row ->
              new Origins(
                  id(row), Documents.read(row.getBytes(2)), Documents.read(row.getBytes(3))),
          visitor,
          key);
    }
  }

  @Override
  public List<Numbered> arrivals(Level level, Optional<ResourceId> parent, long after, int limit) {
    if (parent.isEmpty()) {
      return Arrivals.of(session, Level.PATIENT, null, after, limit);
    }
    Long key = key(level.parent().orElseThrow(), parent.get());
    return key == null ? List.of() : Arrivals.of(session, level, key, after, limit);
  }

  private static void checkLower(Level level, Level lower) {
    if (level != lower && !level.isAbove(lower)) {
      throw new IllegalArgumentException(lower + " is not below " + level);
    }
  }

  @Override
  public List<SeriesFile> seriesFiles(ResourceId series) {
    Long key = key(Level.SERIES, series);
    return key == null ? List.of() : SeriesFiles.of(session, key);
  }

  @Override
  public Optional<ResourceId> ancestor(Level level, ResourceId id, Level higher) {
    Long key = key(level, id);
    if (key == null || level.isAbove(higher)) {
      return Optional.empty();
    }
    long at = key;
    for (Level up = level; up != higher; up = up.parent().orElseThrow()) {
      at = parent(up, at);
    }
    return Optional.of(idOf(higher, at));
  }

  ResourceId idOf(Level level, long key) {
    return session.one(Table.of(level).idOfKey, SqliteReader::id, key).orElseThrow();
  }

  @Override
  public Optional<Lineage> lineage(ResourceId instance) {
    return session.one(
        "SELECT p.id, t.id, s.id FROM instance i JOIN series s ON s.key = i.parent"
            + " JOIN study t ON t.key = s.parent JOIN patient p ON p.key = t.parent"
            + " WHERE i.id = ?",
        row ->
            new Lineage(
                ResourceId.of(row.getBytes(1)),
                ResourceId.of(row.getBytes(2)),
                ResourceId.of(row.getBytes(3)),
                instance),
        (Object) instance.bytes());
  }

  @Override
  public long count(Level level) {
    Statistics all = statistics();
    return switch (level) {
      case PATIENT -> all.patients();
      case STUDY -> all.studies();
      case SERIES -> all.series();
      case INSTANCE -> all.instances();
    };
  }

  @Override
  public Statistics statistics() {
    return session
        .one(
            "SELECT patients, studies, series, instances, stored, size, dicom_stored, dicom_size"
                + " FROM total",
            SqliteReader::statistics)
        .orElseThrow();
  }

  @Override
  public Optional<Statistics> statistics(Level level, ResourceId id) {
    Long key = key(level, id);
    return key == null ? Optional.empty() : Optional.of(statistics(level, key));
  }

  Statistics statistics(Level level, long key) {
    String counts =
        switch (level) {
          case PATIENT -> "1, studies, series, instances";
          case STUDY -> "0, 1, series, instances";
          case SERIES -> "0, 0, 1, instances";
          case INSTANCE -> "0, 0, 0, 1";
        };
    return session
        .one(
            "SELECT "
                + counts
                + ", stored, size, dicom_stored, dicom_size FROM "
                + Table.of(level).table()
                + " WHERE key = ?",
            SqliteReader::statistics,
            key)
        .orElseThrow();
  }

  private static Statistics statistics(ResultSet row) throws SQLException {
    return new Statistics(
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8));
  }

  @Override
  public Optional<SortedMap<Integer, Metadata.Entry>> metadata(Level level, ResourceId id) {
    return session
        .one(Table.of(level).resource, ResourceRows.Row::of, (Object) id.bytes())
        .map(row -> rows.metadata(level, row));
  }

  @Override
  public Optional<Metadata.Entry> metadata(Level level, ResourceId id, int number) {
    return metadata(level, id).map(all -> all.get(number));
  }

  @Override
  public List<Attachment> attachments(Level level, ResourceId id) {
    Long key = key(level, id);
    return key == null
        ? List.of()
        : session.list(ATTACHMENT + " ORDER BY type", SqliteReader::attachment, key);
  }

  @Override
  public Optional<Attachment> attachment(Level level, ResourceId id, int contentType) {
    Long key = key(level, id);
    return key == null ? Optional.empty() : attachment(key, contentType);
  }

  Optional<Attachment> attachment(long owner, int contentType) {
    return session.one(
        ATTACHMENT + " AND type = ?", SqliteReader::attachment, owner, (long) contentType);
  }

  private static Attachment attachment(ResultSet row) throws SQLException {
    Long crc = nullable(row, 8);
    return new Attachment(
        row.getInt(1),
        Session.uuid(row.getBytes(2)),
        row.getLong(3),
        row.getLong(4),
        Attachment.Compression.values()[row.getInt(5)],
        hex(row.getBytes(6)),
        hex(row.getBytes(7)),
        crc == null ? Optional.empty() : Optional.of(crc.intValue()),
        row.getLong(9));
  }

  private static Optional<String> hex(byte @Nullable [] bytes) {
    return bytes == null ? Optional.empty() : Optional.of(HexFormat.of().formatHex(bytes));
  }

  @Override
  public SortedSet<String> labels(Level level, ResourceId id) {
    Long key = key(level, id);
    return key == null ? Collections.emptySortedSet() : labels(key);
  }

  SortedSet<String> labels(long key) {
    return new TreeSet<>(
        session.list("SELECT text FROM label WHERE owner = ?", row -> row.getString(1), key));
  }

  @Override
  public SortedSet<String> labels() {
    return new TreeSet<>(session.list("SELECT DISTINCT text FROM label", r -> r.getString(1)));
  }

  @Override
  public ChangePage changes(ChangeQuery query) {
    return log.changes(query, lastChangeNumber());
  }

  @Override
  public ChangePage lastChange() {
    return log.lastChange(lastChangeNumber());
  }

  long lastChangeNumber() {
    Long last = session.number("SELECT last_change FROM total");
    return last == null ? 0 : last;
  }

  @Override
  public ExportPage exports(long since, int limit) {
    return log.exports(since, limit);
  }

  @Override
  public ExportPage lastExport() {
    return log.lastExport();
  }

  @Override
  public Optional<Boolean> isProtected(ResourceId patient) {
    return session.one(
        "SELECT protected FROM patient WHERE id = ?",
        row -> row.getInt(1) != 0,
        (Object) patient.bytes());
  }

  @Override
  public Optional<String> setting(String name) {
    return session.one("SELECT value FROM setting WHERE name = ?", r -> r.getString(1), name);
  }

  @Override
  public List<UUID> removals(Optional<UUID> after, int limit) {
    return session.list(
        "SELECT uuid FROM removal WHERE uuid > ? ORDER BY uuid LIMIT ?",
        row -> Session.uuid(row.getBytes(1)),
        after.map(Session::bytes).orElse(new byte[0]),
        limit);
  }

  @Override
  public List<NamedBlob> namedBlobs(Optional<NamedBlob> after, int limit) {
    return session.list(
        "SELECT owner, type, uuid, stored, stored_md5 FROM attachment WHERE (owner, type) > (?, ?)"
            + " ORDER BY owner, type LIMIT ?",
        row ->
            new NamedBlob(
                row.getLong(1),
                row.getInt(2),
                Session.uuid(row.getBytes(3)),
                row.getLong(4),
                hex(row.getBytes(5))),
        after.map(NamedBlob::owner).orElse(0L),
        after.map(NamedBlob::contentType).orElse(0),
        limit);
  }

  @Override
  public boolean isNamed(NamedBlob blob) {
    return attachment(blob.owner(), blob.contentType())
        .filter(attachment -> attachment.uuid().equals(blob.blob()))
        .isPresent();
  }

  @Override
  public JobReader jobs() {
    return jobs;
  }

  SeriesStatus status(long series, @Nullable Long expected) {
    return rows.status(series, expected);
  }

  /** Forgets what was read in a transaction that was rolled back. */
  void forget() {
    rows.forget();
  }
}
