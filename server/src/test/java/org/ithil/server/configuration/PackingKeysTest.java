package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ithil.archive.packing.PackingRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Old keys stand for those of today where these are missing. */
class PackingKeysTest {
  @TempDir Path folder;

  private PackingRules rules(String json) throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), json);
    return PackingKeys.packing(
        new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)).root());
  }

  @Test
  void defaults_are_those_of_the_reference() throws IOException {
    assertThat(rules("{}")).isEqualTo(PackingRules.DEFAULT);
  }

  @Test
  void old_keys_count_where_new_ones_are_missing() throws IOException {
    PackingRules old = rules("{\"ZipLoaderThreads\":8,\"ConcurrentJobs\":3}");
    assertThat(old.window()).isEqualTo(8);
    assertThat(old.allReaders()).isEqualTo(24);
    assertThat(old.readers()).isEqualTo(24);
    PackingRules both = rules("{\"LoaderThreads\":0,\"ZipLoaderThreads\":8}");
    assertThat(both.window()).isEqualTo(1);
    assertThat(both.allReaders()).isEqualTo(4);
  }

  @Test
  void new_keys_win() throws IOException {
    PackingRules rules =
        rules(
            "{\"LoaderThreads\":9,\"SequentialDicomReaderWindowSize\":2,"
                + "\"StorageLoaderThreadsCount\":7,\"ZipUseUtf8\":true,"
                + "\"SynchronousZipStream\":false}");
    assertThat(rules.window()).isEqualTo(2);
    assertThat(rules.allReaders()).isEqualTo(7);
    assertThat(rules.readers()).isEqualTo(7);
    assertThat(rules.utf8()).isTrue();
    assertThat(rules.streaming()).isFalse();
  }
}
