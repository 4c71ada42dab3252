package org.ithil.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A medium of 8 MiB; where none can be mounted, skipped. */
@Timeout(120)
class FullMediumTest {
  @TempDir Path folder;
  @TempDir Path indexFolder;
  private boolean mounted;

  private void mount() throws Exception {
    mounted = run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder.toString());
    Assumptions.assumeTrue(mounted, "skipped: mounting a small tmpfs needs root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", folder.toString());
    }
  }

  private static boolean run(String... command) throws Exception {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void blobs_that_do_not_fit_are_refused_and_the_archive_stays_usable() throws Exception {
    mount();
    ArchiveConfiguration usual = ArchiveConfiguration.in(folder);
    ArchiveConfiguration apart =
        new ArchiveConfiguration(
            folder,
            indexFolder,
            true,
            false,
            usual.ingest(),
            usual.metadata(),
            usual.headerCacheBytes(),
            usual.indexReaders(),
            usual.spoolBytes());
    try (OpenArchive open = new OpenArchive(apart, IngestFilter.ALL)) {
      fill(open);
    }
  }

  @Test
  void the_same_where_the_index_shares_the_medium() throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(folder)) {
      fill(open);
    }
  }

  private void fill(OpenArchive open) throws Exception {
    Lineage first = open.store(Made.instance("P", 1, 1, 1).withPixels(1 << 20, 1));
    int stored = 1;
    Problem problem = null;
    while (problem == null) {
      try {
        open.ingest(Made.instance("P", 1, 1, stored + 1).withPixels(1 << 20, 1));
        stored++;
      } catch (IngestException e) {
        problem = e.problem();
      } catch (StorageFullException e) {
        problem = Problem.STORAGE_FULL; // while it was spooled
      }
    }
    assertThat(problem).isEqualTo(Problem.STORAGE_FULL);
    assertThat(open.blobs()).isEqualTo(stored);
    assertThat(open.count(Level.INSTANCE)).isEqualTo(stored);
    open.archive.retrieval().openFile(first.instance()).orElseThrow().close();
    try (var left = Files.list(folder.resolve(".spool"))) {
      assertThat(left).isEmpty();
    }
    open.archive.deletion().delete(Level.INSTANCE, first.instance());
    int full = stored;
    open.await(() -> open.blobs() < full);
    open.store(Made.instance("P", 1, 1, 1).withPixels(1000, 1));
  }

  @Test
  void small_instances_fill_a_medium_to_the_last_byte_of_the_index() throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(folder)) {
      int stored = 0;
      Problem problem = null;
      while (problem == null) {
        try {
          open.ingest(Made.instance("P", 1, 1, stored + 1));
          stored++;
        } catch (IngestException e) {
          problem = e.problem();
        } catch (StorageFullException e) {
          problem = Problem.STORAGE_FULL;
        }
      }
      assertThat(problem).isEqualTo(Problem.STORAGE_FULL);
      assertThat(open.count(Level.INSTANCE)).isEqualTo(stored);
      assertThat(open.ids(Level.INSTANCE)).hasSize(stored);
    }
  }

  @Test
  void the_spool_keeps_to_its_budget() throws Exception {
    FileSpool spool = new FileSpool(indexFolder, 1 << 20);
    SpooledFile waiting = spool.spool(new java.io.ByteArrayInputStream(new byte[700_000]));
    assertThatThrownBy(() -> spool.spool(new java.io.ByteArrayInputStream(new byte[700_000])))
        .isInstanceOf(StorageFullException.class);
    assertThat(spool.used()).isEqualTo(700_000);
    waiting.close();
    assertThat(spool.used()).isZero();
    spool.spool(new java.io.ByteArrayInputStream(new byte[700_000])).close();
    try (var left = Files.list(indexFolder)) {
      assertThat(left).isEmpty();
    }
  }
}
