package org.ithil.archive.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.HeldIndex;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobState;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.text.DefaultEncoding;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a killed process had not acknowledged is removed, and nothing else. A copy of the files of
 * an open archive is what it would leave if it were killed then; {@link CrashTest} kills a real
 * one.
 */
class OrphanSweepTest {
  private static final String INDEX = "ithil.db";
  private static final String MARK = ".ithil-open";

  @TempDir Path folder;

  @BeforeEach
  void needsToKnowTheRunOfTheMachine() {
    Assumptions.assumeTrue(
        Files.exists(Path.of("/proc/sys/kernel/random/boot_id")), "skipped: needs Linux");
  }

  private Path copy(Path from, String name) throws IOException {
    Path to = folder.resolve(name);
    List<Path> all;
    try (Stream<Path> found = Files.walk(from)) {
      all = found.toList();
    }
    for (Path path : all) {
      Files.copy(path, to.resolve(from.relativize(path)));
    }
    return to;
  }

  /**
   * What a kill leaves of folder "a" while the blob of one instance is kept and not committed yet.
   */
  private Path killed(OpenArchive open) throws Exception {
    return asKilled(copied(open, "killed"));
  }

  /** Lets a copy look as if it had always been there. */
  private static Path asKilled(Path copy) throws Exception {
    Path mark = copy.resolve(MARK);
    BasicFileAttributes attributes = Files.readAttributes(mark, BasicFileAttributes.class);
    String identity =
        Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip()
            + attributes.fileKey()
            + attributes.creationTime().to(TimeUnit.NANOSECONDS);
    try (RandomAccessFile out = new RandomAccessFile(mark.toFile(), "rw")) {
      out.writeBytes(UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString());
    }
    return copy;
  }

  /** The same, as one who copies the folder of a running server gets it. */
  private Path copied(OpenArchive open, String name) throws Exception {
    int before = open.blobs();
    Thread storing;
    Path copy;
    try (HeldIndex _ = new HeldIndex(open.archive.index())) {
      storing =
          Thread.startVirtualThread(() -> {
            try {
              open.store(Made.instance("UNDERWAY", 9, 9, 9));
            } catch (Exception e) {
              throw new AssertionError(e);
            }
          });
      open.await(() -> open.blobs() == before + 1);
      copy = copy(folder.resolve("a"), name);
    }
    storing.join();
    return copy;
  }

  private static void replaceIndex(Path of, Path by) throws IOException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(of.resolve(INDEX + end));
      if (Files.exists(by.resolve(INDEX + end))) {
        Files.copy(by.resolve(INDEX + end), of.resolve(INDEX + end));
      }
    }
  }

  @Test
  void what_was_not_acknowledged_is_removed_and_nothing_else() throws Exception {
    Path killed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      UUID stranger = open.archive.blobs().newName();
      open.archive
          .blobs()
          .put(stranger, open.archive.spool().spool(new ByteArrayInputStream(new byte[9])));
      killed = killed(open);
      assertThat(open.blobs()).isEqualTo(3);
    }
    try (OpenArchive open = new OpenArchive(killed)) {
      assertThat(open.blobs()).isEqualTo(2);
      assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
    }
    assertThat(killed.resolve(MARK)).doesNotExist();
  }

  private static JobOutput output(OpenArchive open) throws IOException {
    UUID blob = open.archive.blobs().newName();
    open.archive.outputs().begin(blob);
    open.archive
        .blobs()
        .put(blob, open.archive.spool().spool(new ByteArrayInputStream(new byte[9])));
    return new JobOutput("archive", "application/zip", "a.zip", blob, 9);
  }

  @Test
  void an_output_that_no_job_has_is_removed_and_one_that_a_job_has_is_not() throws Exception {
    Path killed;
    JobOutput named;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.stopJobs();
      named = output(open);
      Job job =
          new Job(
              UUID.randomUUID(),
              0,
              new Job.Request(
                  "Test", false, 0, JsonValue.object(Map.of()), Optional.empty(), Instant.EPOCH),
              Job.Status.pending(JsonValue.object(Map.of()))
                  .ended(Optional.empty(), Instant.EPOCH));
      open.archive
          .index()
          .write(writer -> {
            writer.jobs().add(job, false, Optional.empty());
            writer.jobs().set(job.id(), job.status());
            writer.jobs().addOutput(job.id(), named);
            return true;
          });
      output(open);
      killed = asKilled(copy(folder.resolve("a"), "killed"));
    }
    try (OpenArchive open = new OpenArchive(killed)) {
      assertThat(blobs(open.archive)).containsExactly(named.blob());
    }
    assertThat(killed.resolve(MARK)).doesNotExist();
  }

  @Test
  void an_archive_that_was_packed_and_not_named_is_removed_and_packed_again() throws Exception {
    Path killed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.stopJobs();
      Lineage stored = open.store(Made.instance("P", 1, 1, 1));
      try (PackingEngine engine = new PackingEngine(open.archive)) {
        Job job = engine.submit(stored.patient());
        engine.begun.acquire();
        try (HeldIndex _ = new HeldIndex(open.archive.index())) {
          engine.permits.release(2);
          open.await(() -> open.blobs() == 2);
          List<UUID> orphans = new ArrayList<>();
          open.archive.verification().findOrphans(found -> orphans.add(found.blob()));
          assertThat(orphans).isEmpty(); // its job will name it
          killed = asKilled(copy(folder.resolve("a"), "killed"));
        }
        open.await(() -> engine.state(job) == JobState.SUCCESS);
      }
    }
    assertThat(folder.resolve("a").resolve(MARK)).doesNotExist();
    DefaultCharacterSet encoding = new DefaultCharacterSet(DefaultEncoding.LATIN1);
    try (Archive archive =
        Archive.open(ArchiveConfiguration.in(killed), Archive.Surroundings.usual(encoding))) {
      assertThat(blobs(archive)).hasSize(1);
      try (PackingEngine engine = new PackingEngine(archive)) {
        engine.permits.release(2);
        while (!archive.index().read(r -> r.jobs().counts(0)).containsKey(JobState.SUCCESS)) {
          Thread.sleep(2);
        }
      }
      assertThat(blobs(archive)).hasSize(2);
    }
  }

  private static List<UUID> blobs(Archive archive) throws IOException {
    List<UUID> blobs = new ArrayList<>();
    archive.blobs().list(blobs::add);
    return blobs;
  }

  @Test
  void a_copy_of_the_folder_of_a_running_server_loses_nothing() throws Exception {
    Path copy;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      copy = copied(open, "copy");
      assertThat(copy.resolve(MARK)).exists();
    }
    try (OpenArchive open = new OpenArchive(copy)) {
      assertThat(open.blobs()).isEqualTo(2);
    }
  }

  @Test
  void a_start_that_fails_leaves_the_mark_so_that_the_next_one_looks_at_the_index_too()
      throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(Made.instance("P", 1, 1, 1));
    }
    Files.write(folder.resolve(INDEX), new byte[100_000]);
    assertThatThrownBy(() -> new OpenArchive(folder)).isInstanceOf(IndexException.class);
    assertThat(folder.resolve(MARK)).exists();
  }

  @Test
  void an_archive_opens_though_the_mark_cannot_be_written() throws Exception {
    Files.createDirectory(folder.resolve(MARK)); // takes the place of the file
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(Made.instance("P", 1, 1, 1));
      assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
    }
  }

  @Test
  void a_clean_stop_leaves_no_mark() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(Made.instance("P", 1, 1, 1));
      assertThat(folder.resolve(MARK)).exists();
    }
    assertThat(folder.resolve(MARK)).doesNotExist();
  }

  @Test
  void with_a_lost_index_all_that_was_acknowledged_stays() throws Exception {
    Path killed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      killed = killed(open);
    }
    replaceIndex(killed, folder);
    try (OpenArchive open = new OpenArchive(killed)) {
      assertThat(open.blobs()).isEqualTo(1);
    }
  }

  @Test
  void with_an_index_put_back_from_an_older_copy_all_that_was_acknowledged_stays()
      throws Exception {
    Path older;
    Path killed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      older = copy(folder.resolve("a"), "older");
      for (int i = 2; i <= 5; i++) {
        open.store(Made.instance("P", 1, 1, i));
      }
      killed = killed(open);
    }
    replaceIndex(killed, older);
    try (OpenArchive open = new OpenArchive(killed)) {
      assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
      assertThat(open.blobs()).isEqualTo(5);
    }
  }

  @Test
  void what_was_committed_and_still_stands_in_the_mark_stays() throws Exception {
    Path killed;
    Lineage stored;
    UUID blob;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      stored = open.store(Made.instance("P", 1, 1, 1));
      Optional<Attachment> file =
          open.read(r -> r.attachment(Level.INSTANCE, stored.instance(), Attachment.DICOM));
      blob = file.orElseThrow().uuid();
      killed = copy(folder.resolve("a"), "b");
    }
    List<String> lines = Files.readAllLines(killed.resolve(MARK), StandardCharsets.US_ASCII);
    lines.set(3, blob + " " + stored.instance());
    Files.write(killed.resolve(MARK), lines);
    try (OpenArchive open = new OpenArchive(killed)) {
      assertThat(open.blobs()).isEqualTo(1);
    }
    assertThat(killed.resolve(MARK)).doesNotExist();
  }

  @Test
  void after_a_failure_of_the_machine_nothing_is_removed() throws Exception {
    Path killed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      killed = killed(open);
    }
    List<String> lines = Files.readAllLines(killed.resolve(MARK), StandardCharsets.US_ASCII);
    lines.set(0, lines.getFirst().replaceAll("[0-9a-f]", "0"));
    Files.write(killed.resolve(MARK), lines);
    try (OpenArchive open = new OpenArchive(killed)) {
      assertThat(open.blobs()).isEqualTo(1);
    }
  }

  @Test
  void a_damaged_mark_removes_nothing() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(Made.instance("P", 1, 1, 1));
    }
    Random random = new Random(7);
    for (int i = 0; i < 20; i++) {
      byte[] noise = new byte[random.nextInt(400)];
      random.nextBytes(noise);
      Files.write(folder.resolve(MARK), noise);
      try (OpenArchive open = new OpenArchive(folder)) {
        assertThat(open.blobs()).isEqualTo(1);
      }
    }
  }
}
