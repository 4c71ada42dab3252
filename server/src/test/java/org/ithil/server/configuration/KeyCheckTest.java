package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys that do not do what their author may think are told at start. */
class KeyCheckTest {
  @TempDir Path folder;

  private List<String> warnings(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), text);
    return new ConfigurationFiles(KeyTable.load(), _ -> null)
        .read(List.of(file)).warnings().stream()
            .map(warning -> warning.substring((file + ": ").length()))
            .toList();
  }

  @Test
  void nothing_is_said_of_keys_that_work_or_stay_at_their_default() throws IOException {
    assertThat(
            warnings(
                """
                {"Name":"a","DicomWeb":{"Enable":true,"Root":"/dicom-web/"},"WebDavEnabled":true,
                 "Warnings":{"W003_DecoderFailure":true},"UserMetadata":{"any":1024},"RegisteredUsers":{"any":"x"}}
                """))
        .isEmpty();
  }

  @Test
  void an_unknown_key_is_named() throws IOException {
    assertThat(warnings("{\"Foo\":1}")).containsExactly("Foo: unknown key, ignored");
  }

  @Test
  void the_right_spelling_is_suggested() throws IOException {
    assertThat(warnings("{\"httpPort\":1}"))
        .containsExactly("httpPort: unknown key, ignored (did you mean HttpPort?)");
  }

  @Test
  void an_unknown_field_of_a_section_is_named() throws IOException {
    assertThat(
            warnings(
                "{\"DicomModalities\":{\"a\":{\"AET\":\"A\",\"Host\":\"h\",\"Port\":1,\"Foo\":2}}}"))
        .containsExactly("DicomModalities.a.Foo: unknown key, ignored");
  }

  @Test
  void a_key_that_is_not_supported_is_named_if_it_is_not_at_its_default() throws IOException {
    assertThat(warnings("{\"WebDavEnabled\":false,\"DicomWeb\":{\"Root\":\"/x/\"}}"))
        .containsExactly(
            "DicomWeb: not supported by this version, ignored",
            "WebDavEnabled: not supported by this version, ignored");
  }

  @Test
  void a_key_without_meaning_here_is_named_with_the_reason() throws IOException {
    assertThat(warnings("{\"Plugins\":[\"/usr/share/orthanc/plugins\"]}"))
        .singleElement()
        .asString()
        .startsWith("Plugins: ignored; no effect: ");
  }

  @Test
  void an_old_key_is_named() throws IOException {
    assertThat(warnings("{\"RejectSopClasses\":[]}"))
        .singleElement()
        .asString()
        .startsWith("RejectSopClasses: old key, still read; deprecated");
  }
}
