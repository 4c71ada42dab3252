package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.change.ChangePage;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.export.ExportPage;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @TempDir Path folder;
  private OpenArchive open;
  private Lineage ids;

  /** Changes 1 to 4: instance, series, study, patient; 5 and 6: instances. */
  @BeforeEach
  void open() throws Exception {
    open = new OpenArchive(folder);
    ids = open.store(Made.instance("P", 1, 1, 1));
    open.store(Made.instance("P", 1, 1, 2));
    open.store(Made.instance("P", 1, 1, 3));
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void since_is_exclusive_and_to_inclusive() {
    assertPage(page(OptionalLong.of(2), OptionalLong.of(5), 100), true, 5, 3, 4, 5);
    assertPage(page(OptionalLong.of(5), OptionalLong.of(2), 100), true, 6);
  }

  @Test
  void a_full_page_that_is_not_the_last_is_not_done() {
    assertPage(page(OptionalLong.of(0), NONE, 4), false, 4, 1, 2, 3, 4);
    assertPage(page(OptionalLong.of(4), NONE, 2), true, 6, 5, 6);
    assertPage(page(OptionalLong.of(0), NONE, 0), false, 6);
  }

  @Test
  void to_alone_gives_the_last_ones_up_to_it() {
    assertPage(page(NONE, OptionalLong.of(5), 2), false, 5, 4, 5);
    assertPage(page(NONE, OptionalLong.of(2), 10), true, 2, 1, 2);
  }

  @Test
  void types_are_selected() {
    ChangePage page =
        open.read(reader ->
            reader.changes(
                new ChangeQuery(
                    NONE, NONE, 2, Set.of(ChangeType.NEW_INSTANCE, ChangeType.NEW_STUDY))));
    assertPage(page, false, 3, 1, 3);
    ChangePage deleted =
        open.read(
            reader -> reader.changes(new ChangeQuery(NONE, NONE, 2, Set.of(ChangeType.DELETED))));
    assertPage(deleted, true, 6);
  }

  @Test
  void entries_of_what_is_deleted_vanish() {
    open.archive.deletion().delete(Level.INSTANCE, ids.instance());
    assertPage(page(NONE, NONE, 100), true, 6, 2, 3, 4, 5, 6);
  }

  @Test
  void numbers_go_on_after_clearing_and_reopening() throws Exception {
    open.archive
        .index()
        .write(writer -> {
          writer.clearChanges();
          return true;
        });
    assertPage(page(NONE, NONE, 100), true, 6);
    open.close();
    open = new OpenArchive(folder);
    open.store(Made.instance("P", 1, 1, 4));
    assertPage(page(NONE, NONE, 100), true, 7, 7);
    assertPage(open.read(IndexReader::lastChange), true, 7, 7);
  }

  @Test
  void exports_outlive_their_resource_and_begin_anew_after_clearing() {
    Map<Integer, String> identifiers = Map.of(0x00100020, "P");
    open.archive
        .index()
        .write(writer -> {
          writer.logExport("peer", Level.STUDY, ids.study(), identifiers, Instant.EPOCH);
          writer.logExport("peer", Level.SERIES, ids.series(), identifiers, Instant.EPOCH);
          return true;
        });
    open.archive.deletion().delete(Level.PATIENT, ids.patient());
    ExportPage first = open.read(reader -> reader.exports(0, 1));
    assertThat(first.exports().getFirst().resource()).isEqualTo(ids.study());
    assertThat(first.exports().getFirst().identifiers()).isEqualTo(identifiers);
    assertThat(first.done()).isFalse();
    assertThat(first.last()).isEqualTo(1);
    ExportPage last = open.read(IndexReader::lastExport);
    assertThat(last.last()).isEqualTo(2);
    open.archive
        .index()
        .write(writer -> {
          writer.clearExports();
          return true;
        });
    ExportPage none = open.read(reader -> reader.exports(0, 10));
    assertThat(none).isEqualTo(new ExportPage(List.of(), true, 0));
  }

  private ChangePage page(OptionalLong since, OptionalLong to, int limit) {
    return open.read(reader -> reader.changes(new ChangeQuery(since, to, limit, Set.of())));
  }

  private static void assertPage(ChangePage page, boolean done, long last, long... sequences) {
    assertThat(page.changes().stream().mapToLong(change -> change.sequence()).toArray())
        .containsExactly(sequences);
    assertThat(page.done()).isEqualTo(done);
    assertThat(page.last()).isEqualTo(last);
  }
}
