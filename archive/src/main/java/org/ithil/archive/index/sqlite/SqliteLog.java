package org.ithil.archive.index.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.ithil.archive.change.Change;
import org.ithil.archive.change.ChangePage;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.export.Export;
import org.ithil.archive.export.ExportPage;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/** Reads the logs of changes and exports. */
final class SqliteLog {
  private static final String CHANGE =
      "SELECT sequence, type, level, date, CASE level"
          + " WHEN 0 THEN (SELECT id FROM patient WHERE key = owner)"
          + " WHEN 1 THEN (SELECT id FROM study WHERE key = owner)"
          + " WHEN 2 THEN (SELECT id FROM series WHERE key = owner)"
          + " ELSE (SELECT id FROM instance WHERE key = owner) END"
          + " FROM change";
  private static final String SELECTED =
      " WHERE sequence > ? AND sequence <= ? AND ((1 << type) & ?) <> 0";
  private static final String EXPORT =
      "SELECT sequence, remote, level, id, date, identifiers FROM export";
  private static final long ALL_TYPES = -1;

  private final Session session;

  SqliteLog(Session session) {
    this.session = session;
  }

  ChangePage changes(ChangeQuery query, long lastEver) {
    long types = ALL_TYPES;
    if (!query.types().isEmpty()) {
      types = 0;
      for (ChangeType type : query.types()) {
        types |= type == ChangeType.DELETED ? 0 : 1L << type.number();
      }
    }
    boolean down = query.since().isEmpty() && query.to().isPresent();
    List<Change> found =
        new ArrayList<>(
            session.list(
                CHANGE + SELECTED + " ORDER BY sequence " + (down ? "DESC" : "ASC") + " LIMIT ?",
                SqliteLog::change,
                query.since().orElse(-1),
                query.to().orElse(Long.MAX_VALUE),
                types,
                query.limit() + 1L));
    boolean done = found.size() <= query.limit();
    if (!done) {
      found.removeLast();
    }
    if (down) {
      Collections.reverse(found);
    }
    return new ChangePage(found, done, found.isEmpty() ? lastEver : found.getLast().sequence());
  }

  ChangePage lastChange(long lastEver) {
    List<Change> last = session.list(CHANGE + " ORDER BY sequence DESC LIMIT 1", SqliteLog::change);
    return new ChangePage(last, true, last.isEmpty() ? lastEver : last.getLast().sequence());
  }

  ExportPage exports(long since, int limit) {
    List<Export> found =
        new ArrayList<>(
            session.list(
                EXPORT + " WHERE sequence > ? ORDER BY sequence LIMIT ?",
                SqliteLog::export,
                since,
                limit + 1L));
    boolean done = found.size() <= limit;
    if (!done) {
      found.removeLast();
    }
    return new ExportPage(found, done, found.isEmpty() ? lastNumber() : found.getLast().sequence());
  }

  ExportPage lastExport() {
    List<Export> last = session.list(EXPORT + " ORDER BY sequence DESC LIMIT 1", SqliteLog::export);
    return new ExportPage(last, true, last.isEmpty() ? 0 : last.getLast().sequence());
  }

  private long lastNumber() {
    Long last = session.number("SELECT max(sequence) FROM export");
    return last == null ? 0 : last;
  }

  private static Change change(ResultSet row) throws SQLException {
    return new Change(
        row.getLong(1),
        ChangeType.of(row.getInt(2)).orElseThrow(),
        Level.values()[row.getInt(3)],
        ResourceId.of(row.getBytes(5)),
        Instant.ofEpochMilli(row.getLong(4)));
  }

  private static Export export(ResultSet row) throws SQLException {
    return new Export(
        row.getLong(1),
        row.getString(2),
        Level.values()[row.getInt(3)],
        ResourceId.of(row.getBytes(4)),
        Instant.ofEpochMilli(row.getLong(5)),
        Collections.unmodifiableMap(Documents.read(row.getBytes(6))));
  }
}
