package org.ithil.archive.index.sqlite;

import java.util.List;
import java.util.Optional;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.resource.Level;
import org.ithil.archive.statistics.Statistics;

/** Deletes a resource with all below it, set by set. */
final class SqliteRemoval {
  private static final List<String> OWNED =
      List.of("attachment", "metadata", "label", "change", "unstable");

  private final SqliteWriter writer;
  private final Session session;
  private final Totals totals;

  SqliteRemoval(SqliteWriter writer, Totals totals) {
    this.writer = writer;
    this.session = writer.session;
    this.totals = totals;
  }

  /** Deletes parents without other children too; returns the nearest one that remains. */
  Optional<Remaining> delete(Level level, long key) {
    Level top = level;
    long topKey = key;
    while (top != Level.PATIENT) {
      Level up = top.parent().orElseThrow();
      long parent = writer.parent(top, topKey);
      if (children(up, parent) > 1) {
        Remaining remaining = new Remaining(up, writer.idOf(up, parent));
        deleteOnly(top, topKey);
        return Optional.of(remaining);
      }
      top = up;
      topKey = parent;
    }
    deleteOnly(top, topKey);
    return Optional.empty();
  }

  private long children(Level level, long key) {
    Statistics counts = writer.statistics(level, key);
    return switch (level) {
      case PATIENT -> counts.studies();
      case STUDY -> counts.series();
      case SERIES -> counts.instances();
      case INSTANCE -> 0;
    };
  }

  /** Deletes a resource with all below it, and leaves its parents. */
  void deleteOnly(Level level, long key) {
    Statistics gone = writer.statistics(level, key);
    totals.add(gone, -1);
    if (level != Level.PATIENT) {
      writer.grow(level.parent().orElseThrow(), writer.parent(level, key), gone, -1);
    }
    deleteTree(level, key);
  }

  private void deleteTree(Level level, long key) {
    Optional<Level> child = level.child();
    if (child.isPresent() && child.get() == Level.INSTANCE) {
      deleteOwned("owner IN (SELECT key FROM instance WHERE parent = ?)", key);
      session.update("DELETE FROM instance WHERE parent = ?", key);
    } else if (child.isPresent()) {
      List<Long> children =
          session.list(
              "SELECT key FROM " + Table.of(child.get()).table() + " WHERE parent = ?",
              row -> row.getLong(1),
              key);
      for (long each : children) {
        deleteTree(child.get(), each);
      }
    }
    deleteOwned("owner = ?", key);
    session.update(Table.of(level).deleteKey, key);
  }

  private void deleteOwned(String condition, long key) {
    session.update(
        "INSERT INTO removal (uuid) SELECT uuid FROM attachment WHERE " + condition, key);
    for (String table : OWNED) {
      session.update("DELETE FROM " + table + " WHERE " + condition, key);
    }
  }
}
