package org.ithil.archive.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.deletion.Deletion.Deleted;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class DeletionTest {
  @TempDir Path folder;
  private OpenArchive open;

  @BeforeEach
  void open() throws Exception {
    open = new OpenArchive(folder);
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void the_nearest_parent_with_other_children_remains() throws Exception {
    Lineage a = open.store(Made.instance("P", 1, 1, 1));
    Lineage b = open.store(Made.instance("P", 1, 1, 2));
    Lineage c = open.store(Made.instance("P", 1, 2, 1));
    Lineage d = open.store(Made.instance("P", 2, 1, 1));
    assertThat(delete(Level.INSTANCE, a.instance()))
        .contains(new Deleted(Optional.of(new Remaining(Level.SERIES, b.series()))));
    assertThat(delete(Level.INSTANCE, b.instance()))
        .contains(new Deleted(Optional.of(new Remaining(Level.STUDY, c.study()))));
    assertThat(delete(Level.SERIES, c.series()))
        .contains(new Deleted(Optional.of(new Remaining(Level.PATIENT, d.patient()))));
    assertThat(open.ids(Level.STUDY)).containsExactly(d.study());
    assertThat(delete(Level.INSTANCE, d.instance())).contains(new Deleted(Optional.empty()));
    assertThat(open.statistics()).isEqualTo(Statistics.NONE);
  }

  @Test
  void what_is_below_goes_too() throws Exception {
    Lineage a = open.store(Made.instance("P", 1, 1, 1));
    open.store(Made.instance("P", 1, 2, 2));
    Lineage other = open.store(Made.instance("Q", 3, 1, 1));
    delete(Level.PATIENT, a.patient());
    for (Level level : Level.values()) {
      assertThat(open.ids(level)).containsExactly(other.at(level));
    }
    assertThat(open.changes()).hasSize(4);
  }

  @Test
  void an_identifier_of_another_level_is_unknown() throws Exception {
    Lineage a = open.store(Made.instance("P", 1, 1, 1));
    assertThat(delete(Level.STUDY, a.instance())).isEmpty();
    assertThat(delete(Level.INSTANCE, a.study())).isEmpty();
    assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
  }

  @Test
  void blobs_that_a_crash_left_to_be_removed_are_removed_by_the_next_process() throws Exception {
    Lineage a = open.store(Made.instance("P", 1, 1, 1).withPixels(100, 1));
    UUID blob = open.resource(Level.INSTANCE, a.instance()).file().uuid();
    // The transaction of a deletion, without the removal that follows it.
    open.archive.index().write(writer -> writer.delete(Level.PATIENT, a.patient()));
    assertThat(open.blobs()).isEqualTo(1);
    java.util.List<UUID> waiting = open.read(reader -> reader.removals(10));
    assertThat(waiting).containsExactly(blob);
    open.close();
    open = new OpenArchive(folder);
    open.archive.deletion().wake();
    open.archive.deletion().close();
    // Closing lets a removal that has begun come to its end.
    try (OpenArchive again = reopened()) {
      while (again.blobs() > 0) {
        Thread.onSpinWait();
      }
    }
  }

  private OpenArchive reopened() throws Exception {
    open.close();
    open = new OpenArchive(folder);
    return open;
  }

  private Optional<Deleted> delete(Level level, ResourceId id) {
    return open.archive.deletion().delete(level, id);
  }
}
