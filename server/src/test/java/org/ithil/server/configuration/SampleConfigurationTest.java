package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample that {@code --config} writes is a configuration that says what counts anyway. */
class SampleConfigurationTest {
  @TempDir Path folder;

  @Test
  void is_read_without_a_warning_and_means_the_same_as_nothing() throws IOException {
    KeyTable table = KeyTable.load();
    Path file = Files.writeString(folder.resolve("sample.json"), SampleConfiguration.text(table));
    ConfigurationFiles files = new ConfigurationFiles(table, _ -> null);
    Configuration sample = files.read(List.of(file));

    assertThat(sample.warnings()).isEmpty();
    for (String key : sample.root().names()) {
      assertThat(sample.root().value(key)).isEqualTo(files.read(List.of()).root().value(key));
    }
    ServerConfiguration.of(sample);
  }
}
