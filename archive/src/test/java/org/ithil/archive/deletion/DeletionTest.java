package org.ithil.archive.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.deletion.Deletion.Deleted;
import org.ithil.archive.index.IndexWriter.Remaining;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Attachment;
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
    open.stopJobs();
    open.archive.index().write(writer -> writer.delete(Level.PATIENT, a.patient()));
    assertThat(open.blobs()).isEqualTo(1);
    java.util.List<UUID> waiting = open.read(reader -> reader.removals(Optional.empty(), 10));
    assertThat(waiting).containsExactly(blob);
    OpenArchive again = reopened();
    again.await(() -> again.blobs() == 0);
  }

  /** Blobs of which some cannot be removed, at first. */
  private static final class Stubborn implements BlobStore {
    private final Set<UUID> stubborn = ConcurrentHashMap.newKeySet();
    private final Set<UUID> removed = ConcurrentHashMap.newKeySet();

    @Override
    public void delete(UUID uuid) throws IOException {
      if (stubborn.contains(uuid)) {
        throw new IOException("stubborn");
      }
      removed.add(uuid);
    }

    @Override
    public UUID newName() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void put(UUID uuid, SpooledFile file) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Blob open(UUID uuid) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void list(Consumer<UUID> blobs) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void blobs_that_cannot_be_removed_keep_no_others_waiting_and_are_tried_again() throws Exception {
    open.stopJobs(); // it would remove the blobs, too
    Lineage a = open.store(Made.instance("P", 1, 1, 1));
    Stubborn blobs = new Stubborn();
    Set<UUID> easy = new HashSet<>();
    for (int i = 0; i < 700; i++) {
      UUID blob = new UUID(i, i);
      if (i < 600) {
        blobs.stubborn.add(blob);
      } else {
        easy.add(blob);
      }
      forgotten(a, blob);
    }
    JobType removal =
        new Deletion(open.archive.index(), blobs, java.time.Duration.ofMillis(1)).removal();
    assertThat(round(removal)).isInstanceOf(JobRun.Step.Retry.class);
    assertThat(blobs.removed).containsExactlyInAnyOrderElementsOf(easy);
    Set<UUID> stubborn = new HashSet<>(blobs.stubborn);
    blobs.stubborn.clear();
    assertThat(round(removal)).isEqualTo(JobRun.Step.DONE);
    assertThat(blobs.removed).containsAll(stubborn);
    assertThat(removal.isDue()).isFalse();
  }

  /** The last step of a job. */
  private static JobRun.Step round(JobType type) throws Exception {
    try (JobRun run = type.open(JsonValue.object(Map.of()), new JsonValue.Null())) {
      JobRun.Step step = run.step();
      while (step instanceof JobRun.Step.More) {
        step = run.step();
      }
      return step;
    }
  }

  /** Makes a blob one that no attachment names any more. */
  private void forgotten(Lineage ids, UUID blob) {
    Attachment attachment =
        new Attachment(
            1024,
            blob,
            1,
            1,
            Attachment.Compression.NONE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0);
    open.archive
        .index()
        .write(writer -> {
          writer.putAttachment(Level.INSTANCE, ids.instance(), attachment);
          writer.removeAttachment(Level.INSTANCE, ids.instance(), 1024);
          return true;
        });
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
