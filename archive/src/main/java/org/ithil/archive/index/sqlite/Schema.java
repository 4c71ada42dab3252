package org.ithil.archive.index.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.ithil.archive.index.IndexException;

/**
 * The versions of the tables. Version n is what scripts {@code schema-1.sql} to {@code
 * schema-n.sql} make; a new version is a new script, old ones never change.
 */
final class Schema {
  /** Marks the file as an index of Ithil: "Ithl". */
  static final int APPLICATION = 0x4974686c;

  private static final int VERSION = 2;

  private Schema() {}

  /** Brings the tables to this program's version, in one transaction for each script. */
  static void migrate(Session session) {
    long application = pragma(session, "PRAGMA application_id");
    long version = pragma(session, "PRAGMA user_version");
    if (application != APPLICATION && (application != 0 || version != 0)) {
      throw new IndexException("the index file is a database of another program");
    }
    if (version > VERSION) {
      throw new IndexException(
          "the index has version "
              + version
              + ", made by a newer Ithil; this one knows "
              + VERSION
              + " at most");
    }
    for (long next = version + 1; next <= VERSION; next++) {
      session.script("BEGIN IMMEDIATE;\n");
      try {
        session.script(script(next));
        session.script(
            "PRAGMA application_id = " + APPLICATION + ";\nPRAGMA user_version = " + next + ";\n");
        session.script("COMMIT;\n");
      } catch (RuntimeException e) {
        session.script("ROLLBACK;\n");
        throw e;
      }
    }
  }

  private static long pragma(Session session, String sql) {
    Long value = session.number(sql);
    return value == null ? 0 : value;
  }

  private static String script(long version) {
    String name = "schema-" + version + ".sql";
    try (InputStream in = Schema.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
