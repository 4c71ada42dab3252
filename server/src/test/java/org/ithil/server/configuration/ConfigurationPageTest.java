package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.ithil.server.configuration.KeyTable.Key;
import org.ithil.server.configuration.KeyTable.Support;
import org.junit.jupiter.api.Test;

/**
 * The page docs/configuration.md lists the keys as they are. Run with {@code -Dwrite.docs=true},
 * this test writes the lists anew.
 */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/configuration.md");
  private static final String MARK = "<!-- from here on written by ConfigurationPageTest -->\n";

  private static String lists() throws IOException {
    KeyTable table = KeyTable.load();
    return "\n## Keys that work\n\n| key | type | default | meaning |\n|---|---|---|---|\n"
        + table.all().stream()
            .filter(key -> key.support() == Support.YES)
            .map(ConfigurationPageTest::row)
            .collect(Collectors.joining())
        + "\n## Keys without effect until a later version\n\n"
        + names(table, Support.LATER)
        + "\n\n## Keys that will never have an effect\n\n"
        + table.all().stream()
            .filter(key -> key.support() == Support.NEVER)
            .map(key -> "- `" + key.name() + "`: " + key.meaning() + "\n")
            .collect(Collectors.joining());
  }

  private static String row(Key key) {
    String byDefault =
        key.byDefault() == null
            ? ""
            : "`" + SampleConfiguration.json(key.byDefault()).replaceAll("\\s+", " ") + "`";
    return "| `"
        + key.name()
        + "` | "
        + key.type().replace("|", ", ")
        + " | "
        + byDefault
        + " | "
        + key.meaning().replace("|", ", ")
        + " |\n";
  }

  private static String names(KeyTable table, Support support) {
    return table.all().stream()
        .filter(key -> key.support() == support)
        .map(key -> "`" + key.name() + "`")
        .collect(Collectors.joining(", "));
  }

  @Test
  void lists_every_key_with_type_default_and_meaning() throws IOException {
    String page = Files.readString(PAGE);
    String head = page.substring(0, page.indexOf(MARK) + MARK.length());
    if (Boolean.getBoolean("write.docs")) {
      Files.writeString(PAGE, head + lists());
      return;
    }

    assertThat(page.substring(head.length())).isEqualTo(lists());
  }
}
