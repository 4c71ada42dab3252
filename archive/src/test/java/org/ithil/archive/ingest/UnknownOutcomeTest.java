package org.ithil.archive.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexException.Kind;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.DefaultEncoding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a file when the index fails. */
class UnknownOutcomeTest {
  @TempDir Path folder;

  @Test
  void a_file_that_may_have_been_committed_is_never_removed() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Noted journal = new Noted();
      Index index = new Failing(open.archive.index(), Kind.FAILED, true);
      assertThatThrownBy(() -> store(open, index, journal))
          .isInstanceOfSatisfying(
              IngestException.class,
              e -> assertThat(e.problem()).isEqualTo(Problem.STORAGE_FAILED));
      ResourceId id = open.ids(Level.INSTANCE).getFirst();
      try (OpenInstance stored = open.archive.retrieval().dataSet(id).orElseThrow()) {
        assertThat(stored.file().dataSet()).isNotEmpty();
      }
      assertThat(journal.begun).hasSize(1); // the next process finds out
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"FULL", "REFUSED"})
  void a_file_that_was_not_committed_for_sure_is_removed(Kind kind) throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      Noted journal = new Noted();
      Index index = new Failing(open.archive.index(), kind, false);
      assertThatThrownBy(() -> store(open, index, journal)).isInstanceOf(IngestException.class);
      assertThat(open.blobs()).isZero();
      assertThat(journal.begun).isEmpty();
    }
  }

  private static void store(OpenArchive open, Index index, Ingest.Journal journal)
      throws IOException, IngestException {
    Ingest ingest =
        new Ingest(
            IngestRules.DEFAULT,
            new Ingest.Storage(index, open.archive.blobs(), open.archive.spool(), false),
            new Ingest.Reading(
                new DefaultCharacterSet(DefaultEncoding.LATIN1),
                ReadOptions.DEFAULT,
                IngestFilter.ALL),
            Clock.systemUTC(),
            journal,
            () -> {});
    byte[] file = Made.instance("P", 1, 1, 1).bytes();
    ingest.ingest(open.archive.spool().spool(new ByteArrayInputStream(file)), OpenArchive.HTTP);
  }

  private static final class Noted implements Ingest.Journal {
    final Set<UUID> begun = new HashSet<>();

    @Override
    public void begin(UUID blob, ResourceId instance) {
      begun.add(blob);
    }

    @Override
    public void end(UUID blob) {
      begun.remove(blob);
    }
  }

  /** Fails each writer, before or after its commit. */
  private record Failing(Index index, Kind kind, boolean commits) implements Index {
    @Override
    public <T> T read(Function<IndexReader, T> query) {
      return index.read(query);
    }

    @Override
    public <T> T write(Function<IndexWriter, T> operation) {
      if (commits) {
        index.write(operation);
      }
      throw new IndexException("the medium does not answer", new IOException(), kind);
    }

    @Override
    public long removalCount() {
      return index.removalCount();
    }

    @Override
    public void close() {}
  }
}
