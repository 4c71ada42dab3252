package org.ithil.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestException.Problem;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A medium of 8 MiB; where none can be mounted, skipped. */
class FullMediumTest {
  @TempDir Path folder;
  @TempDir Path indexFolder;
  private boolean mounted;

  /** Who says that the medium is full: the spool while bytes arrive, or the ingest later. */
  private enum Teller {
    NOBODY,
    SPOOL,
    INGEST
  }

  private static Teller tryToStore(OpenArchive open, Made file) throws IOException {
    SpooledFile spooled;
    try {
      spooled = open.archive.spool().spool(new ByteArrayInputStream(file.bytes()));
    } catch (StorageFullException e) {
      return Teller.SPOOL;
    }
    try {
      open.archive.ingest().ingest(spooled, OpenArchive.HTTP);
      return Teller.NOBODY;
    } catch (IngestException e) {
      assertThat(e.problem()).isEqualTo(Problem.STORAGE_FULL);
      return Teller.INGEST;
    }
  }

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

  private static ArchiveConfiguration apart(Path blobs, Path index, boolean compress) {
    ArchiveConfiguration usual = ArchiveConfiguration.in(blobs);
    return new ArchiveConfiguration(
        blobs,
        index,
        true,
        compress,
        usual.ingest(),
        usual.metadata(),
        usual.headerCacheBytes(),
        usual.indexReaders(),
        usual.spoolBytes());
  }

  @Test
  void files_that_do_not_fit_are_refused_by_the_spool_and_the_archive_stays_usable()
      throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(apart(folder, indexFolder, false), IngestFilter.ALL)) {
      assertThat(fill(open)).isEqualTo(Teller.SPOOL);
    }
  }

  @Test
  void a_compressed_file_that_does_not_fit_beside_the_spooled_one_is_refused_by_the_ingest()
      throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(apart(folder, indexFolder, true), IngestFilter.ALL)) {
      byte[] noise = new byte[5 << 20]; // fits once, not twice
      new Random(1).nextBytes(noise);
      Made large =
          Made.instance("P", 1, 1, 1)
              .with(Tag.BitsAllocated, Vr.US, new byte[] {8, 0})
              .with(Tag.PixelData, Vr.OB, noise);
      assertThat(tryToStore(open, large)).isEqualTo(Teller.INGEST);
      assertThat(open.blobs()).isZero();
      assertThat(tryToStore(open, Made.instance("P", 1, 1, 2))).isEqualTo(Teller.NOBODY);
    }
  }

  @Test
  void an_index_that_does_not_fit_is_told_by_the_ingest_and_leaves_no_blob() throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(apart(indexFolder, folder, false), IngestFilter.ALL)) {
      Files.write(folder.resolve("other"), new byte[7 << 20]); // what else lies on the medium
      int stored = 0;
      while (tryToStore(open, Made.instance("P", 1, 1, stored + 1)) == Teller.NOBODY) {
        stored++;
      }
      assertThat(open.count(Level.INSTANCE)).isEqualTo(stored);
      assertThat(open.blobs()).isEqualTo(stored);
    }
  }

  @Test
  void the_same_where_the_index_shares_the_medium() throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(folder)) {
      fill(open);
    }
  }

  private Teller fill(OpenArchive open) throws Exception {
    Lineage first = open.store(Made.instance("P", 1, 1, 1).withPixels(1 << 20, 1));
    int stored = 1;
    Teller teller = Teller.NOBODY;
    while (teller == Teller.NOBODY) {
      teller = tryToStore(open, Made.instance("P", 1, 1, stored + 1).withPixels(1 << 20, 1));
      stored += teller == Teller.NOBODY ? 1 : 0;
    }
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
    return teller;
  }

  @Test
  void small_instances_fill_a_medium_to_the_last_byte_of_the_index() throws Exception {
    mount();
    try (OpenArchive open = new OpenArchive(folder)) {
      int stored = 0;
      while (tryToStore(open, Made.instance("P", 1, 1, stored + 1)) == Teller.NOBODY) {
        stored++;
      }
      assertThat(open.count(Level.INSTANCE)).isEqualTo(stored);
      assertThat(open.ids(Level.INSTANCE)).hasSize(stored);
    }
  }

  @Test
  void the_spool_keeps_to_its_budget() throws Exception {
    FileSpool spool = new FileSpool(indexFolder, 1 << 20);
    SpooledFile waiting = spool.spool(new ByteArrayInputStream(new byte[700_000]));
    assertThatThrownBy(() -> spool.spool(new ByteArrayInputStream(new byte[700_000])))
        .isInstanceOf(StorageFullException.class);
    assertThat(spool.used()).isEqualTo(700_000);
    waiting.close();
    assertThat(spool.used()).isZero();
    spool.spool(new ByteArrayInputStream(new byte[700_000])).close();
    try (var left = Files.list(indexFolder)) {
      assertThat(left).isEmpty();
    }
  }
}
