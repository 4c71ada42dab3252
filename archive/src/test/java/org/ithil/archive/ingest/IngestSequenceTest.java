package org.ithil.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.ithil.archive.HeldIndex;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.change.Change;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files that are taken a few at a time, as if it were one after the other. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class IngestSequenceTest {
  @TempDir Path folder;

  private static final class Told implements IngestSequence.Sink {
    final List<String> all = new ArrayList<>();
    final List<ResourceId> instances = new ArrayList<>();

    @Override
    public void taken(IngestOutcome outcome) {
      all.add(outcome.getClass().getSimpleName());
      instances.add(outcome.lineage().instance());
    }

    @Override
    public void refused(IngestException failure) {
      all.add(failure.problem().toString());
    }
  }

  private static SpooledFile spooled(OpenArchive open, byte[] file) throws IOException {
    return open.archive.spool().spool(new ByteArrayInputStream(file));
  }

  private static byte[] file(int number) {
    return Made.instance("P", 1, 1, number).withPixels((number * 37) % 50 * 1000, 1).bytes();
  }

  @Test
  void answers_and_changes_come_in_the_order_of_the_files() throws Exception {
    Told told = new Told();
    try (OpenArchive open = new OpenArchive(folder)) {
      List<ResourceId> expected = new ArrayList<>();
      try (IngestSequence sequence =
          new IngestSequence(open.archive.ingest(), OpenArchive.HTTP, 4, told)) {
        for (int i = 0; i < 60; i++) {
          sequence.add(spooled(open, i % 10 == 5 ? new byte[i] : file(i)));
        }
        sequence.finish();
      }
      for (int i = 0; i < 60; i++) {
        assertThat(told.all.get(i)).isEqualTo(i % 10 == 5 ? "NOT_DICOM" : "Stored");
      }
      ChangeQuery query = new ChangeQuery(OptionalLong.of(0), OptionalLong.empty(), 1000, Set.of());
      List<Change> changes = open.read(reader -> reader.changes(query)).changes();
      for (Change change : changes) {
        if (change.type() == ChangeType.NEW_INSTANCE) {
          expected.add(change.resource());
        }
      }
      assertThat(told.instances).hasSize(54).isEqualTo(expected);
    }
  }

  @Test
  void of_two_files_of_one_instance_the_first_one_is_the_first() throws Exception {
    Told told = new Told();
    try (OpenArchive open = new OpenArchive(folder, OpenArchive.rules(Overwrite.NEVER))) {
      try (IngestSequence sequence =
          new IngestSequence(open.archive.ingest(), OpenArchive.HTTP, 4, told)) {
        for (int i = 0; i < 40; i++) {
          sequence.add(spooled(open, file(i / 2)));
        }
        sequence.finish();
      }
      for (int i = 0; i < 40; i++) {
        assertThat(told.all.get(i)).isEqualTo(i % 2 == 0 ? "Stored" : "AlreadyStored");
      }
      assertThat(open.blobs()).isEqualTo(20);
    }
  }

  @Test
  void several_files_wait_for_one_commit() throws Exception {
    Told told = new Told();
    try (OpenArchive open = new OpenArchive(folder)) {
      HeldIndex held = new HeldIndex(open.archive.index());
      try (IngestSequence sequence =
          new IngestSequence(open.archive.ingest(), OpenArchive.HTTP, 4, told)) {
        for (int i = 0; i < 4; i++) {
          sequence.add(spooled(open, file(i)));
        }
        open.await(() -> open.blobs() == 4);
        assertThat(told.all).isEmpty();
        held.close();
        sequence.finish();
      }
      assertThat(open.count(Level.INSTANCE)).isEqualTo(4);
    }
  }

  @Test
  void a_failure_ends_the_sequence_and_leaves_no_spooled_file() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      IngestSequence.Sink strict =
          new IngestSequence.Sink() {
            @Override
            public void taken(IngestOutcome outcome) {}

            @Override
            public void refused(IngestException failure) {
              throw new UnsupportedOperationException("wanted");
            }
          };
      assertThatThrownBy(
              () -> {
                try (IngestSequence sequence =
                    new IngestSequence(open.archive.ingest(), OpenArchive.HTTP, 2, strict)) {
                  for (int i = 0; i < 5; i++) {
                    sequence.add(spooled(open, i == 0 ? new byte[10] : file(i)));
                  }
                  sequence.finish();
                }
              })
          .hasMessage("wanted");
      try (var files = java.nio.file.Files.list(folder.resolve(".spool"))) {
        assertThat(files).isEmpty();
      }
    }
  }
}
