package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexException.Kind;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index whose file is damaged is not written to. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SoundnessTest {
  private static final int PAGE = 8192;
  private static final int SETTINGS = 2000;

  @TempDir Path folder;

  @Test
  void damage_of_any_page_of_a_small_index_is_found_at_the_start() throws Exception {
    fill();
    Path file = folder.resolve(SqliteIndex.FILE);
    byte[] sound = Files.readAllBytes(file);
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      index.check(false);
    }
    for (int page = 1; page < sound.length / PAGE; page++) {
      byte[] damaged = sound.clone();
      Arrays.fill(damaged, page * PAGE, (page + 1) * PAGE, (byte) 0xa5);
      Files.write(file, damaged);
      assertThatThrownBy(() -> new OpenArchive(folder).close())
          .as("page " + page)
          .isInstanceOf(IndexException.class)
          .hasMessageContaining(file + " is damaged")
          .hasMessageContaining("docs/storage.md");
    }
  }

  @Test
  void after_the_first_damage_that_a_reader_meets_nothing_is_written() throws Exception {
    fill();
    damageTheEnd();
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      set(index, "a", "value");
      IndexException met = null;
      for (int i = 0; i < SETTINGS && met == null; i++) {
        String key = "key" + i;
        met = catchThrowableOfType(IndexException.class, () -> read(index, key));
      }
      assertThat(met).isNotNull().extracting(IndexException::kind).isEqualTo(Kind.DAMAGED);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> set(index, "b", "value"))
            .isInstanceOfSatisfying(
                IndexException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
            .hasMessageContaining("docs/storage.md");
      }
      assertThat(read(index, "b")).isEmpty();
      assertThat(read(index, "a")).contains("value");
    }
  }

  @Test
  void a_commit_with_a_writer_that_meets_damage_is_given_up() {
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      assertThatThrownBy(() ->
              index.write(writer -> {
                writer.setSetting("key", "value");
                throw damage();
              }))
          .isInstanceOf(IndexException.class);
      assertThatThrownBy(() -> set(index, "key", "value"))
          .isInstanceOfSatisfying(
              IndexException.class, e -> assertThat(e.isNothingWritten()).isTrue());
      assertThat(read(index, "key")).isEmpty();
    }
  }

  @Test
  void what_a_damaged_index_refuses_leaves_no_file() throws Exception {
    try (OpenArchive open = new OpenArchive(ArchiveConfiguration.in(folder), IngestFilter.ALL)) {
      open.store(Made.instance("P", 1, 1, 1));
      assertThatThrownBy(() ->
              open.read(reader -> {
                throw damage();
              }))
          .isInstanceOf(IndexException.class);
      assertThatThrownBy(() -> open.store(Made.instance("P", 1, 1, 2)))
          .isInstanceOf(IngestException.class);
      assertThat(open.blobs()).isEqualTo(1);
    }
  }

  private static IndexException damage() {
    return new IndexException("a test", new SQLException("a test"), Kind.DAMAGED);
  }

  private void fill() {
    try (SqliteIndex index = new SqliteIndex(folder, 1)) {
      index.write(writer -> {
        for (int i = 0; i < SETTINGS; i++) {
          writer.setSetting("key" + i, "value ".repeat(20));
        }
        return true;
      });
    }
  }

  private void damageTheEnd() throws IOException {
    Path file = folder.resolve(SqliteIndex.FILE);
    byte[] bytes = Files.readAllBytes(file);
    int from = bytes.length - 10 * PAGE;
    Arrays.fill(bytes, from, bytes.length, (byte) 0xa5);
    Files.write(file, bytes);
  }

  private static void set(SqliteIndex index, String key, String value) {
    index.write(writer -> {
      writer.setSetting(key, value);
      return true;
    });
  }

  private static Optional<String> read(SqliteIndex index, String key) {
    return index.read(reader -> reader.setting(key));
  }
}
