package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.ithil.archive.HeldIndex;
import org.ithil.archive.index.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemovalsTest {
  @TempDir Path folder;

  private static void write(Index index, String value) {
    index.write(writer -> {
      writer.setSetting("key", value);
      return true;
    });
  }

  @Test
  void own_commits_that_remove_nothing_do_not_count() {
    try (Index index = new SqliteIndex(folder, 1)) {
      write(index, "a");
      long before = index.removalCount();
      write(index, "b");
      write(index, "c");
      assertThat(index.removalCount()).isEqualTo(before).isEven();
    }
  }

  @Test
  void whatever_another_process_commits_counts_at_once() {
    try (Index index = new SqliteIndex(folder, 1);
        Index other = new SqliteIndex(folder, 1)) {
      write(index, "a");
      long before = index.removalCount();
      write(other, "b");
      long after = index.removalCount();
      assertThat(after).isNotEqualTo(before).isEven();
      write(index, "c");
      write(other, "d");
      assertThat(index.removalCount()).isNotEqualTo(after).isEven();
    }
  }

  @Test
  void it_is_odd_while_the_writer_works_and_nobody_waits() throws Exception {
    try (Index index = new SqliteIndex(folder, 1)) {
      try (HeldIndex _ = new HeldIndex(index)) {
        assertThat(index.removalCount()).isOdd();
      }
      write(index, "a");
      assertThat(index.removalCount()).isEven();
    }
  }

  @Test
  void it_can_be_asked_of_a_closed_index() {
    Index index = new SqliteIndex(folder, 1);
    index.close();
    assertThat(index.removalCount()).isOdd();
  }
}
