package org.ithil.archive.index.sqlite;

import java.util.List;
import org.ithil.archive.index.IndexReader.Numbered;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/** Reads resources in the order in which they came, which is that of their keys. */
final class Arrivals {
  private Arrivals() {}

  /**
   * @param parent the key above; null for patients
   */
  static List<Numbered> of(
      Session session, Level level, @Nullable Long parent, long after, int limit) {
    // "+key" has the children looked for by their parent, not by going through all of the table.
    String where =
        parent == null ? "key > ? ORDER BY key" : "parent = ? AND +key > ? ORDER BY +key";
    String sql = "SELECT id, key FROM " + Table.of(level).table() + " WHERE " + where + " LIMIT ?";
    Object[] values =
        parent == null ? new Object[] {after, limit} : new Object[] {parent, after, limit};
    return session.list(
        sql, row -> new Numbered(ResourceId.of(row.getBytes(1)), row.getLong(2)), values);
  }
}
