package org.ithil.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start page is there with all that it needs, and nothing else is handed out. */
class BrowserFilesTest {
  private static byte[] read(String path) throws IOException {
    try (InputStream in = BrowserFiles.open(path)) {
      return Objects.requireNonNull(in, path).readAllBytes();
    }
  }

  @Test
  void the_start_page_is_there() throws IOException {
    assertThat(read("explorer.html"))
        .asString(StandardCharsets.UTF_8)
        .contains("<title>Ithil</title>");
  }

  @Test
  void every_file_that_the_start_page_names_is_there_under_a_relative_address() throws IOException {
    String page = new String(read("explorer.html"), StandardCharsets.UTF_8);
    Matcher names = Pattern.compile("(?:src|href)=\"(?!\\.\\./)([^\"]*)\"").matcher(page);
    while (names.find()) {
      assertThat(names.group(1)).startsWith("./");
      assertThat(read(names.group(1).substring(2))).as(names.group(1)).isNotNull();
    }
  }

  @Test
  void a_path_of_any_length_is_looked_at() throws IOException {
    assertThat(BrowserFiles.open("a/".repeat(100_000) + "x.js")).isNull();
    assertThat(BrowserFiles.open("a".repeat(100_000) + ".js")).isNull();
    assertThat(BrowserFiles.open("a.".repeat(100_000) + ".js")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "assets",
        "assets/",
        ".built",
        "../BrowserFiles.class",
        "assets/../explorer.html",
        "/explorer.html",
        "nothing.js",
        "explorer.html/"
      })
  void anything_else_is_not(String path) throws IOException {
    assertThat(BrowserFiles.open(path)).isNull();
  }
}
