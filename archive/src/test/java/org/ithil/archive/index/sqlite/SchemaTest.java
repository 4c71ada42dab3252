package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Optional;
import org.ithil.archive.index.IndexException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaTest {
  @TempDir Path folder;

  @Test
  void an_index_is_opened_again() {
    new SqliteIndex(folder, 1).close();
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      Optional<String> none = index.read(reader -> reader.setting("key"));
      assertThat(none).isEmpty();
    }
  }

  @Test
  void a_commit_waits_for_the_medium_and_readers_for_no_one() {
    new SqliteIndex(folder, 1).close();
    try (Session writer = Session.writer(folder.resolve(SqliteIndex.FILE))) {
      String full = "2";
      assertThat(writer.one("PRAGMA synchronous", row -> row.getString(1))).contains(full);
      assertThat(writer.one("PRAGMA journal_mode", row -> row.getString(1))).contains("wal");
    }
  }

  @Test
  void an_index_of_a_newer_version_is_refused() throws Exception {
    new SqliteIndex(folder, 1).close();
    execute("PRAGMA user_version = 99");
    assertThatThrownBy(() -> new SqliteIndex(folder, 1))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("newer");
  }

  @Test
  void a_database_of_another_program_is_refused_and_left_alone() throws Exception {
    execute("CREATE TABLE theirs (x)");
    execute("PRAGMA user_version = 3");
    assertThatThrownBy(() -> new SqliteIndex(folder, 1))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining("another program");
    execute("INSERT INTO theirs VALUES (1)");
  }

  @Test
  void a_file_that_is_no_database_is_refused() throws Exception {
    Files.writeString(folder.resolve(SqliteIndex.FILE), "not a database at all".repeat(100));
    assertThatThrownBy(() -> new SqliteIndex(folder, 1))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining(folder.resolve(SqliteIndex.FILE) + " is damaged");
  }

  @Test
  void a_damaged_index_is_refused_in_clear_words() throws Exception {
    new SqliteIndex(folder, 1).close();
    Path file = folder.resolve(SqliteIndex.FILE);
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 200, bytes.length, (byte) 0xa5);
    Files.write(file, bytes);
    assertThatThrownBy(() -> new SqliteIndex(folder, 1))
        .isInstanceOf(IndexException.class)
        .hasMessageContaining(file + " is damaged")
        .hasMessageContaining("docs/storage.md");
  }

  private void execute(String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve(SqliteIndex.FILE));
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
