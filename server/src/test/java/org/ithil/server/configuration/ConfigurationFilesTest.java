package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and folders are merged key by key, as in the reference. */
class ConfigurationFilesTest {
  @TempDir Path folder;

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private static Configuration read(Path... paths) {
    return read(Map.of(), paths);
  }

  private static Configuration read(Map<String, String> environment, Path... paths) {
    return new ConfigurationFiles(KeyTable.load(), environment::get).read(List.of(paths));
  }

  @Test
  void without_a_file_all_defaults_count_and_paths_are_relative_to_the_working_directory() {
    Configuration nothing = read();

    assertThat(nothing.root().integer("HttpPort", 0, 65535)).isEqualTo(8042);
    assertThat(nothing.root().optionalPath("StorageDirectory")).contains(Path.of("ithil-data"));
  }

  @Test
  void reads_comments_trailing_commas_and_text_behind_the_document() throws IOException {
    Path file =
        write(
            "a.json",
            """
            // one
            { "Name" : "a /* no comment */ // none", /* two */
              "HttpBindAddresses" : [ "127.0.0.1", ],
            } behind
            """);

    Section root = read(file).root();

    assertThat(root.text("Name")).isEqualTo("a /* no comment */ // none");
    assertThat(root.texts("HttpBindAddresses")).containsExactly("127.0.0.1");
  }

  @Test
  void reads_a_byte_order_mark() throws IOException {
    assertThat(read(write("a.json", "\uFEFF{\"Name\":\"é\"}")).root().text("Name")).isEqualTo("é");
  }

  @Test
  void the_last_of_equal_keys_in_one_file_wins() throws IOException {
    assertThat(read(write("a.json", "{\"Name\":\"a\",\"Name\":\"b\"}")).root().text("Name"))
        .isEqualTo("b");
  }

  @Test
  void merges_several_files() throws IOException {
    Section root =
        read(write("a.json", "{\"Name\":\"a\"}"), write("b.json", "{\"HttpPort\":1}")).root();

    assertThat(root.text("Name")).isEqualTo("a");
    assertThat(root.integer("HttpPort", 0, 65535)).isEqualTo(1);
  }

  @Test
  void refuses_a_key_that_stands_in_two_files_even_with_equal_values() throws IOException {
    Path a = write("a.json", "{\"DicomWeb\":{}}");
    Path b = write("b.json", "{\"DicomWeb\":{}}");

    assertThatThrownBy(() -> read(a, b))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("a.json")
        .hasMessageContaining("b.json: DicomWeb:");
  }

  @Test
  void of_a_folder_reads_json_files_in_any_case_but_nothing_else_and_no_subfolder()
      throws IOException {
    write("d/one.json", "{\"Name\":\"one\"}");
    write("d/TWO.JSON", "{\"HttpPort\":2}");
    write("d/three.txt", "no JSON");
    write("d/sub/four.json", "{\"DicomPort\":4}");

    Section root = read(folder.resolve("d")).root();

    assertThat(root.names()).containsExactlyInAnyOrder("Name", "HttpPort");
  }

  @Test
  void a_folder_without_files_means_all_defaults() throws IOException {
    Files.createDirectory(folder.resolve("empty"));

    assertThat(read(folder.resolve("empty")).root().names()).isEmpty();
  }

  @Test
  void paths_are_relative_to_the_folder_of_the_first_path() throws IOException {
    write("d/one.json", "{\"StorageDirectory\":\"s\"}");
    Path other = write("e/two.json", "{\"IndexDirectory\":\"/i\"}");

    Section root = read(folder.resolve("d"), other).root();

    assertThat(root.optionalPath("StorageDirectory")).contains(folder.resolve("d/s"));
    assertThat(root.optionalPath("IndexDirectory")).contains(Path.of("/i"));
    assertThat(read(other).base()).isEqualTo(folder.resolve("e"));
  }

  @Test
  void names_a_missing_file() {
    Path missing = folder.resolve("missing.json");

    assertThatThrownBy(() -> read(missing)).hasMessage(missing + ": there is no such file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "\"text\"",
        "{",
        "{\"Name\"}",
        "{\"Name\":'a'}",
        "{\"Name\":\"a\",,}",
        "# a\n{}"
      })
  void refuses_what_is_no_json_object(String text) throws IOException {
    Path file = write("a.json", text);

    assertThatThrownBy(() -> read(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith(file + ": ")
        .message()
        .doesNotContain("Source", "REDACTED", "StreamReadFeature");
  }

  @Test
  void says_where_the_json_breaks() throws IOException {
    Path file = write("a.json", "{\n  \"Name\" : oops\n}");

    assertThatThrownBy(() -> read(file)).hasMessageContaining("line 2");
  }

  @Test
  void refuses_a_file_that_is_not_utf8() throws IOException {
    Path file =
        Files.write(
            folder.resolve("a.json"), "{\"Name\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> read(file)).hasMessageEndingWith("not written in UTF-8");
  }

  @Test
  void refuses_deep_nesting_without_overflow() throws IOException {
    Path file = write("a.json", "{\"DicomWeb\":" + "[".repeat(100_000));

    assertThatThrownBy(() -> read(file)).isInstanceOf(ConfigurationException.class);
  }

  @Test
  void variables_are_replaced_before_parsing() throws IOException {
    Path file =
        write(
            "a.json",
            "{\"HttpPort\":${PORT:-8104},\"Name\":\"${WHO} x\",${MORE:-'\"DicomPort\":5'}}");

    Section root = read(Map.of("WHO", "me"), file).root();

    assertThat(root.integer("HttpPort", 0, 65535)).isEqualTo(8104);
    assertThat(root.integer("DicomPort", 0, 65535)).isEqualTo(5);
    assertThat(root.text("Name")).isEqualTo("me x");
    assertThat(read(Map.of("WHO", "", "PORT", "1"), file).root().integer("HttpPort", 0, 65535))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "${SET}|val",
        "$${SET}|$val",
        "${EMPTY:-x}|",
        "${UNSET}|",
        "${UNSET:-}|",
        "${UNSET:-a b}|a b",
        "${UNSET:-'q'}|q",
        "${UNSET:-\"w\"}|w",
        "${UNSET:-\"a}b\"}|a}b",
        "${UNSET:-a:-c}|a:-c",
        "${SET:-x}|val",
        "a.b ${a.b} ${a-b}|a.b dot dash",
        "${UNSET:-it's}|${UNSET:-it's}",
        "${UNSET:x}|${UNSET:x}",
        "${}|${}",
        "${SET|${SET",
      })
  void replaces_as_the_reference_does(String text, String expected) {
    Map<String, String> environment =
        Map.of("SET", "val", "EMPTY", "", "a.b", "dot", "a-b", "dash");

    assertThat(Substitution.apply(text, environment::get))
        .isEqualTo(expected == null ? "" : expected);
  }

  @Test
  void a_value_with_dollars_and_backslashes_is_taken_as_it_is() {
    assertThat(Substitution.apply("${A}", Map.of("A", "$1\\n${A}")::get)).isEqualTo("$1\\n${A}");
  }
}
