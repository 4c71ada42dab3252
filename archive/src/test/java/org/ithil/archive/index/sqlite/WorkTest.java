package org.ithil.archive.index.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ithil.archive.index.NewInstance;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.ProgressHandler;

/** How much SQLite works, counted in steps of its virtual machine: a measure without a clock. */
class WorkTest {
  private static final int STEPS = 10;
  private static final int MANY = 2000;

  @TempDir Path folder;
  private Session session;
  private SqliteWriter writer;

  @BeforeEach
  void open() {
    new SqliteIndex(folder, 1).close();
    session = Session.writer(folder.resolve(SqliteIndex.FILE));
    writer = new SqliteWriter(session);
    session.update("BEGIN IMMEDIATE");
    writer.totals().load();
  }

  @AfterEach
  void close() {
    session.update("ROLLBACK");
    session.close();
  }

  @Test
  void an_addition_to_a_series_with_more_instances_than_expected_costs_no_more_than_to_a_small_one()
      throws Exception {
    add(1);
    add(2);
    long small = work(() -> add(3));
    for (int i = 4; i < MANY; i++) {
      add(i);
    }
    assertThat(work(() -> add(MANY))).isLessThan(2 * small + 10);
  }

  @Test
  void the_first_descendant_costs_the_same_however_many_series_there_are() throws Exception {
    add(lineage(1));
    long small = work(this::first);
    for (int i = 2; i < MANY; i++) {
      add(new Lineage(id(1), id(2), id(10_000 + i), id(20_000 + i)));
    }
    assertThat(work(this::first)).isLessThan(2 * small + 10);
  }

  private void first() {
    Optional<ResourceId> found = writer.firstDescendant(Level.PATIENT, id(1), Level.INSTANCE);
    assertThat(found).isPresent();
  }

  private void add(int number) {
    add(lineage(number));
  }

  private void add(Lineage lineage) {
    writer.add(
        new NewInstance(
            lineage,
            new EnumMap<>(Level.class),
            new EnumMap<>(Level.class),
            Map.of(Level.SERIES, Map.of(Metadata.EXPECTED_NUMBER_OF_INSTANCES, "1")),
            List.of(),
            Instant.EPOCH,
            Instant.EPOCH));
  }

  private static Lineage lineage(int number) {
    return new Lineage(id(1), id(2), id(3), id(1000 + number));
  }

  private static ResourceId id(int number) {
    return ResourceId.parse("00000000-00000000-00000000-00000000-%08x".formatted(number))
        .orElseThrow();
  }

  private long work(Runnable action) throws Exception {
    long[] calls = new long[1];
    ProgressHandler.setHandler(
        session.connection(),
        STEPS,
        new ProgressHandler() {
          @Override
          protected int progress() {
            calls[0]++;
            return 0;
          }
        });
    action.run();
    ProgressHandler.clearHandler(session.connection());
    return calls[0];
  }
}
