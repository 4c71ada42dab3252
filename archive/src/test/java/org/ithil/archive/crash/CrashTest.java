package org.ithil.archive.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.archive.verification.Verification.Finding;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real process is killed while it stores and deletes, again and again. */
@Timeout(300)
class CrashTest {
  private static final int ROUNDS = 4;

  @TempDir Path folder;

  @Test
  void a_killed_process_loses_nothing_acknowledged_and_leaves_nothing_half() throws Exception {
    Set<ResourceId> stored = new HashSet<>();
    Set<ResourceId> deleting = new HashSet<>();
    Set<ResourceId> deleted = new HashSet<>();
    for (int round = 0; round < ROUNDS; round++) {
      sendUntilKilled(round, 150 + 97 * round, stored, deleting, deleted);
      assertThat(stored.size()).isGreaterThan(50);
      try (OpenArchive open = new OpenArchive(folder)) {
        List<ResourceId> there = open.ids(Level.INSTANCE);
        Set<ResourceId> wanted = new HashSet<>(stored);
        wanted.removeAll(deleting);
        assertThat(there).containsAll(wanted).doesNotContainAnyElementsOf(deleted);
        for (ResourceId id : there) {
          try (OpenInstance instance = open.archive.retrieval().dataSet(id).orElseThrow()) {
            assertThat(instance.file().dataSet().isEmpty()).isFalse();
          }
        }
        assertThat(open.statistics().instances()).isEqualTo(there.size());
        assertNothingIsHalf(open);
      }
    }
  }

  private static void assertNothingIsHalf(OpenArchive open) throws Exception {
    List<Finding> damage = new ArrayList<>();
    open.archive.verification().findDamage(true, damage::add);
    assertThat(damage).isEmpty();
    waitForRemovals(open);
    List<Finding> orphans = new ArrayList<>();
    open.archive.verification().findOrphans(orphans::add);
    assertThat(orphans).isEmpty();
    assertThat((long) open.blobs()).isEqualTo(open.statistics().instances());
  }

  /** Blobs of what was deleted go away in the background. */
  private static void waitForRemovals(OpenArchive open) throws InterruptedException {
    while (!open.read(reader -> reader.removals(Optional.empty(), 1)).isEmpty()) {
      Thread.sleep(10);
    }
  }

  private void sendUntilKilled(
      int round,
      int lines,
      Set<ResourceId> stored,
      Set<ResourceId> deleting,
      Set<ResourceId> deleted)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Sender.class.getName(),
                folder.toString(),
                Integer.toString(round * 1_000_000))
            .redirectError(Files.createTempFile(folder, "sender", ".log").toFile())
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      for (int i = 0; ; i++) {
        String line = said.readLine();
        if (line == null) {
          break; // killed, and all that it said was read
        }
        note(line, stored, deleting, deleted);
        if (i == lines) {
          process.toHandle().destroyForcibly(); // keeps the pipe open, unlike Process
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  private static void note(
      String line, Set<ResourceId> stored, Set<ResourceId> deleting, Set<ResourceId> deleted) {
    int blank = line.indexOf(' ');
    ResourceId id = ResourceId.parse(line.substring(blank + 1)).orElse(null);
    if (id == null) {
      return; // cut off by the kill
    }
    switch (line.substring(0, blank)) {
      case "stored" -> stored.add(id);
      case "deleting" -> deleting.add(id);
      case "deleted" -> deleted.add(id);
      default -> throw new IllegalStateException(line);
    }
  }
}
