package org.ithil.archive.index.sqlite;

import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.index.NewInstance;
import org.ithil.archive.job.JobWriter;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;

/** Writes through the one session that may, which is in a transaction. */
final class SqliteWriter extends SqliteReader implements IndexWriter {
  private final Totals totals;
  private final SqliteAddition addition;
  private final SqliteRemoval removal;
  private final SqliteJobWriter jobs;
  private boolean removed;

  SqliteWriter(Session session) {
    super(session);
    this.totals = new Totals(session);
    this.addition = new SqliteAddition(this, totals);
    this.removal = new SqliteRemoval(this, totals);
    this.jobs = new SqliteJobWriter(this, totals);
  }

  @Override
  public JobWriter jobs() {
    return jobs;
  }

  /** A transaction has begun. */
  void begin() {
    totals.load();
    removed = false;
  }

  /** Whether the transaction takes something away, or tried to. */
  boolean hasRemoved() {
    return removed;
  }

  Totals totals() {
    return totals;
  }

  @Override
  void forget() {
    super.forget();
    addition.forget();
  }

  @Override
  public Statistics statistics() {
    return totals.statistics();
  }

  @Override
  long lastChangeNumber() {
    return totals.lastChange();
  }

  @Override
  public Added add(NewInstance instance) {
    Set<Level> created = addition.add(instance);
    return new Added(created.isEmpty() ? EnumSet.noneOf(Level.class) : EnumSet.copyOf(created));
  }

  @Override
  public Optional<Remaining> delete(Level level, ResourceId id) {
    removed = true;
    return removal.delete(level, existing(level, id));
  }

  @Override
  public void deleteForReplacement(ResourceId instance) {
    removed = true;
    removal.deleteOnly(Level.INSTANCE, existing(Level.INSTANCE, instance));
    addition.refreshEmpty();
  }

  @Override
  public boolean setMainTags(
      Level level, ResourceId id, Map<Integer, String> tags, String signature) {
    return addition.setTags(level, id, tags, signature);
  }

  @Override
  public boolean setPatientTags(ResourceId study, Map<Integer, String> tags) {
    return addition.setPatientTags(study, tags);
  }

  @Override
  public Optional<ResourceId> oldestUnprotectedPatient(Set<ResourceId> spared) {
    return session
        .list(
            "SELECT id FROM patient WHERE protected = 0 ORDER BY touched LIMIT ?",
            row -> ResourceId.of(row.getBytes(1)),
            spared.size() + 1)
        .stream()
        .filter(id -> !spared.contains(id))
        .findFirst();
  }

  @Override
  public boolean setProtected(ResourceId patient, boolean isProtected) {
    Long key = key(Level.PATIENT, patient);
    if (key == null) {
      return false;
    }
    // As with the reference server, a patient that is released is the last to be recycled.
    session.update(
        "UPDATE patient SET protected = ?1, touched = CASE WHEN protected > ?1 THEN ?2"
            + " ELSE touched END WHERE key = ?3",
        isProtected ? 1 : 0,
        totals.nextKey(),
        key);
    return true;
  }

  @Override
  public void setMetadata(Level level, ResourceId id, int number, String text) {
    session.update(
        "INSERT INTO metadata (owner, number, text, revision) VALUES (?, ?, ?, 0)"
            + " ON CONFLICT DO UPDATE SET text = excluded.text, revision = revision + 1",
        existing(level, id),
        number,
        text);
  }

  @Override
  public void putMetadata(Level level, ResourceId id, int number, String text) {
    session.update(
        "INSERT INTO metadata (owner, number, text, revision) VALUES (?, ?, ?, 0)"
            + " ON CONFLICT DO UPDATE SET text = excluded.text",
        existing(level, id),
        number,
        text);
  }

  @Override
  public void removeMetadata(Level level, ResourceId id, int number) {
    session.update(
        "DELETE FROM metadata WHERE owner = ? AND number = ?", existing(level, id), number);
  }

  @Override
  public void putAttachment(Level level, ResourceId id, Attachment attachment) {
    long key = existing(level, id);
    removeAttachment(level, key, attachment.contentType());
    insertAttachment(key, attachment);
    grow(level, key, sizes(attachment), 1);
    totals.add(sizes(attachment), 1);
  }

  @Override
  public void removeAttachment(Level level, ResourceId id, int contentType) {
    removeAttachment(level, existing(level, id), contentType);
  }

  private void removeAttachment(Level level, long key, int contentType) {
    Optional<Attachment> old = attachment(key, contentType);
    if (old.isEmpty()) {
      return;
    }
    removed = true;
    session.update(
        "INSERT INTO removal (uuid) VALUES (?)", (Object) Session.bytes(old.get().uuid()));
    session.update("DELETE FROM attachment WHERE owner = ? AND type = ?", key, contentType);
    grow(level, key, sizes(old.get()), -1);
    totals.add(sizes(old.get()), -1);
  }

  void insertAttachment(long owner, Attachment attachment) {
    session.update(
        "INSERT INTO attachment (owner, type, uuid, size, stored, compression, md5, stored_md5,"
            + " crc32, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        owner,
        attachment.contentType(),
        Session.bytes(attachment.uuid()),
        attachment.size(),
        attachment.storedSize(),
        attachment.compression().ordinal(),
        attachment.md5().map(HexFormat.of()::parseHex).orElse(null),
        attachment.storedMd5().map(HexFormat.of()::parseHex).orElse(null),
        attachment.crc32().orElse(null),
        attachment.revision());
  }

  static Statistics sizes(Attachment attachment) {
    boolean dicom = attachment.contentType() == Attachment.DICOM;
    return new Statistics(
        0,
        0,
        0,
        0,
        attachment.storedSize(),
        attachment.size(),
        dicom ? attachment.storedSize() : 0,
        dicom ? attachment.size() : 0);
  }

  /** Adds to, or takes from, the counters of a row and of those above it. */
  void grow(Level level, long key, Statistics by, int sign) {
    long at = key;
    for (Level up = level; ; up = up.parent().orElseThrow()) {
      String set =
          switch (up) {
            case PATIENT ->
                "studies = studies + ?1, series = series + ?2, instances = instances + ?3, ";
            case STUDY -> "series = series + ?2, instances = instances + ?3, ";
            case SERIES -> "instances = instances + ?3, ";
            case INSTANCE -> "";
          };
      session.update(
          "UPDATE "
              + Table.of(up).table()
              + " SET "
              + set
              + "stored = stored + ?4, size = size + ?5, dicom_stored = dicom_stored + ?6,"
              + " dicom_size = dicom_size + ?7 WHERE key = ?8",
          sign * by.studies(),
          sign * by.series(),
          sign * by.instances(),
          sign * by.diskSize(),
          sign * by.uncompressedSize(),
          sign * by.dicomDiskSize(),
          sign * by.dicomUncompressedSize(),
          at);
      if (up == Level.PATIENT) {
        return;
      }
      at = parent(up, at);
    }
  }

  @Override
  public void addLabel(Level level, ResourceId id, String label) {
    session.update(
        "INSERT OR IGNORE INTO label (owner, text) VALUES (?, ?)", existing(level, id), label);
  }

  @Override
  public void removeLabel(Level level, ResourceId id, String label) {
    session.update("DELETE FROM label WHERE owner = ? AND text = ?", existing(level, id), label);
  }

  @Override
  public void logChange(ChangeType type, Level level, ResourceId id, Instant date) {
    Long key = key(level, id);
    if (key != null) {
      logChange(type, level, key, date.toEpochMilli());
    }
  }

  void logChange(ChangeType type, Level level, long key, long date) {
    session.update(
        "INSERT INTO change (sequence, type, level, owner, date) VALUES (?, ?, ?, ?, ?)",
        totals.nextChange(),
        type.number(),
        level.ordinal(),
        key,
        date);
  }

  @Override
  public void clearChanges() {
    session.update("DELETE FROM change");
  }

  @Override
  public void logExport(
      String remote, Level level, ResourceId id, Map<Integer, String> identifiers, Instant date) {
    session.update(
        "INSERT INTO export (remote, level, id, date, identifiers) VALUES (?, ?, ?, ?, ?)",
        remote,
        level.ordinal(),
        id.bytes(),
        date.toEpochMilli(),
        Documents.write(identifiers));
  }

  @Override
  public void clearExports() {
    session.update("DELETE FROM export");
  }

  @Override
  public void setSetting(String name, String value) {
    session.update(
        "INSERT INTO setting (name, value) VALUES (?, ?)"
            + " ON CONFLICT DO UPDATE SET value = excluded.value",
        name,
        value);
  }

  @Override
  public OptionalLong settle(Instant now, int limit) {
    long time = now.toEpochMilli();
    long next = Long.MAX_VALUE;
    for (Level level : List.of(Level.SERIES, Level.STUDY, Level.PATIENT)) {
      String table = Table.of(level).table();
      List<Long> due =
          session.list(
              "SELECT owner FROM unstable JOIN "
                  + table
                  + " ON key = owner WHERE level = ? AND stable_at <= ?"
                  + " ORDER BY stable_at, key LIMIT ?",
              row -> row.getLong(1),
              level.ordinal(),
              time,
              limit);
      for (long key : due) {
        session.update("UPDATE " + table + " SET stable_at = NULL WHERE key = ?", key);
        session.update("DELETE FROM unstable WHERE owner = ?", key);
        logChange(stable(level), level, key, time);
      }
      Long first =
          session.number(
              "SELECT min(stable_at) FROM unstable JOIN "
                  + table
                  + " ON key = owner WHERE level = ?",
              level.ordinal());
      if (first != null) {
        next = Math.min(next, first);
      }
    }
    return next == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(next);
  }

  private static ChangeType stable(Level level) {
    return switch (level) {
      case PATIENT -> ChangeType.STABLE_PATIENT;
      case STUDY -> ChangeType.STABLE_STUDY;
      case SERIES -> ChangeType.STABLE_SERIES;
      case INSTANCE -> throw new IllegalArgumentException("instances are always stable");
    };
  }

  @Override
  public void removed(List<UUID> blobs) {
    for (UUID blob : blobs) {
      session.update("DELETE FROM removal WHERE uuid = ?", (Object) Session.bytes(blob));
    }
  }
}
