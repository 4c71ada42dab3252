package org.ithil.archive.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ithil.archive.ArchiveLockedException;
import org.ithil.archive.Made;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.resource.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {
  @TempDir Path folder;

  @Test
  void a_second_process_is_refused_and_does_no_harm() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      open.store(Made.instance("P", 1, 1, 1));
      Process second =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Sender.class.getName(),
                  folder.toString(),
                  "1")
              .redirectErrorStream(true)
              .start();
      String said = new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(second.waitFor()).isNotZero();
      assertThat(said).contains("another process uses the storage folder");
      open.store(Made.instance("P", 1, 1, 2));
      assertThat(open.count(Level.INSTANCE)).isEqualTo(2);
    }
  }

  @Test
  void a_second_archive_in_the_same_process_is_refused() throws Exception {
    try (OpenArchive open = new OpenArchive(folder)) {
      assertThatThrownBy(() -> new OpenArchive(folder)).isInstanceOf(ArchiveLockedException.class);
      open.store(Made.instance("P", 1, 1, 1));
    }
    new OpenArchive(folder).close();
  }
}
