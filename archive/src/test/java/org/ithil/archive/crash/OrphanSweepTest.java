package org.ithil.archive.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.resource.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a killed process left is removed, and nothing else. A copy of the files of an open archive
 * is what it would leave if it were killed then; {@link CrashTest} kills a real one.
 */
class OrphanSweepTest {
  private static final String INDEX = "ithil.db";

  @TempDir Path folder;

  private static UUID orphan(OpenArchive open) throws IOException {
    UUID uuid = open.archive.blobs().newName();
    open.archive
        .blobs()
        .put(uuid, open.archive.spool().spool(new ByteArrayInputStream(new byte[9])));
    return uuid;
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

  private static Path file(Path folder, UUID blob) {
    String name = blob.toString();
    return folder.resolve(name.substring(0, 2)).resolve(name.substring(2, 4)).resolve(name);
  }

  @Test
  void a_start_after_a_crash_removes_orphans_once() throws Exception {
    Path crashed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      orphan(open);
      orphan(open);
      crashed = copy(folder.resolve("a"), "b");
    }
    try (OpenArchive open = new OpenArchive(crashed)) {
      assertThat(open.blobs()).isEqualTo(3);
      assertThat(open.archive.sweepAfterCrash().get()).isEqualTo(2);
      assertThat(open.blobs()).isEqualTo(1);
      assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
    }
    assertThat(crashed.resolve(".ithil-open")).doesNotExist();
    try (OpenArchive open = new OpenArchive(crashed)) {
      orphan(open);
      assertThat(open.archive.sweepAfterCrash().get()).isZero();
      assertThat(open.blobs()).isEqualTo(2);
    }
  }

  @Test
  void what_was_not_swept_is_left_to_the_next_start() throws Exception {
    Path crashed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      orphan(open);
      crashed = copy(folder.resolve("a"), "b");
    }
    new OpenArchive(crashed).close();
    try (OpenArchive open = new OpenArchive(crashed)) {
      assertThat(open.archive.sweepAfterCrash().get()).isEqualTo(1);
    }
  }

  @Test
  void a_clean_stop_leaves_nothing_to_do() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      orphan(open);
    }
    try (OpenArchive open = new OpenArchive(folder)) {
      assertThat(open.archive.sweepAfterCrash().get()).isZero();
      assertThat(open.blobs()).isEqualTo(1);
    }
  }

  @Test
  void blobs_younger_than_the_start_are_left_alone() throws Exception {
    Path crashed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      orphan(open);
      crashed = copy(folder.resolve("a"), "b");
    }
    try (OpenArchive open = new OpenArchive(crashed)) {
      Path young = file(crashed, orphan(open));
      Files.setLastModifiedTime(young, FileTime.from(Instant.now().plus(Duration.ofHours(1))));
      assertThat(open.archive.sweepAfterCrash().get()).isEqualTo(1);
      assertThat(young).exists();
    }
  }

  @Test
  void an_index_that_was_lost_removes_nothing() throws Exception {
    Path crashed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      crashed = copy(folder.resolve("a"), "b");
    }
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(crashed.resolve(INDEX + end));
    }
    try (OpenArchive open = new OpenArchive(crashed)) {
      assertThat(open.archive.sweepAfterCrash().get()).isZero();
      assertThat(open.blobs()).isEqualTo(1);
    }
  }

  @Test
  void an_index_put_back_from_an_older_copy_removes_nothing() throws Exception {
    Path older;
    Path crashed;
    try (OpenArchive open = new OpenArchive(folder.resolve("a"))) {
      open.store(Made.instance("P", 1, 1, 1));
      older = copy(folder.resolve("a"), "older");
      for (int i = 2; i <= 40; i++) {
        open.store(Made.instance("P", 1, 1, i));
      }
      crashed = copy(folder.resolve("a"), "b");
    }
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(crashed.resolve(INDEX + end));
      if (Files.exists(older.resolve(INDEX + end))) {
        Files.copy(older.resolve(INDEX + end), crashed.resolve(INDEX + end));
      }
    }
    try (OpenArchive open = new OpenArchive(crashed)) {
      assertThat(open.count(Level.INSTANCE)).isEqualTo(1);
      assertThat(open.archive.sweepAfterCrash().get()).isZero();
      assertThat(open.blobs()).isEqualTo(40);
    }
  }
}
