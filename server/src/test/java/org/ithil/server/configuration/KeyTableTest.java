package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.ithil.server.configuration.KeyTable.Key;
import org.ithil.server.configuration.KeyTable.Support;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every key and default of the API is pinned, and what the table promises is kept. */
class KeyTableTest {
  private static final String REFERENCE = "shared/reference/configuration.tsv";

  /** The only defaults that differ from those of the reference, told in docs/deviations.md. */
  private static final Map<String, String> OWN_DEFAULTS =
      Map.of(
          "Name", "\"Ithil\"",
          "DicomAet", "\"ITHIL\"",
          "StorageDirectory", "\"ithil-data\"",
          "JobsEngineThreadsCount", "{\"ResourceModification\":0}",
          "JobsEngineThreadsCount.ResourceModification", "0");

  private static Map<String, String> own() throws IOException {
    Map<String, String> defaults = new LinkedHashMap<>();
    Files.readAllLines(Path.of("src/main/resources/org/ithil/server/configuration/keys.tsv"))
        .stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .forEach(cells -> defaults.put(cells[0], cells[1] + " " + cells[2]));
    return defaults;
  }

  @Test
  void has_every_key_type_and_default_of_the_reference() throws IOException {
    Optional<Path> reference =
        Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
            .map(folder -> folder.resolve(REFERENCE))
            .filter(Files::exists)
            .findFirst();
    Assumptions.assumeTrue(reference.isPresent(), "needs ../shared beside the repository");
    Map<String, String> expected = new LinkedHashMap<>();
    for (String line : Files.readAllLines(reference.get()).stream().skip(1).toList()) {
      String[] cells = line.split("\t", -1);
      if (!cells[0].matches("--.*|env .*|\\$.*|CONFIGURATION|SIGHUP")) {
        expected.put(cells[0], cells[1] + " " + OWN_DEFAULTS.getOrDefault(cells[0], cells[2]));
      }
    }

    Map<String, String> shared = own();
    shared.keySet().removeIf(name -> name.equals("Ithil") || name.startsWith("Ithil."));
    assertThat(shared).containsExactlyEntriesOf(expected);
  }

  @Test
  void all_keys_and_defaults_are_those_of_the_checked_in_list() throws IOException {
    List<String> pinned = Files.readAllLines(Path.of("src/test/resources/keys-and-defaults.txt"));

    assertThat(own().entrySet().stream().map(key -> key.getKey() + " " + key.getValue()))
        .containsExactlyElementsOf(pinned);
  }

  @Test
  void every_key_called_supported_is_read_and_no_other() {
    Configuration configuration =
        new ConfigurationFiles(KeyTable.load(), _ -> null)
            .read(List.of(Path.of("src/test/resources/every-section.json")));
    ServerConfiguration.of(configuration);

    assertThat(configuration.asked())
        .containsExactlyInAnyOrderElementsOf(
            KeyTable.load().all().stream()
                .filter(key -> key.support() == Support.YES)
                .map(Key::name)
                .toList());
  }

  @Test
  void defaults_have_the_type_of_their_key() {
    Configuration nothing = new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of());

    for (Key key : KeyTable.load().all()) {
      if (key.byDefault() != null && key.name().indexOf('.') < 0) {
        switch (key.type()) {
          case "boolean" -> nothing.root().flag(key.name());
          case "integer" ->
              nothing.root().integer(key.name(), Integer.MIN_VALUE, Integer.MAX_VALUE);
          case "string" -> nothing.root().text(key.name());
          case "array", "array or string" -> nothing.root().texts(key.name());
          case "object" -> nothing.root().section(key.name());
          default -> assertThat(key.words()).contains(nothing.root().word(key.name()));
        }
      }
    }
  }
}
