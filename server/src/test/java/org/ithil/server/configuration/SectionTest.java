package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values are checked without being converted, and messages name file, key and what is wrong. */
class SectionTest {
  @TempDir Path folder;

  private Section root(String text) {
    try {
      Path file = Files.writeString(folder.resolve("c.json"), text);
      return new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file)).root();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void refuses(String text, String message) {
    assertThatThrownBy(() ->
            ServerConfiguration.of(
                new ConfigurationFiles(KeyTable.load(), _ -> null)
                    .read(List.of(Files.writeString(folder.resolve("c.json"), text)))))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(folder.resolve("c.json") + ": " + message);
  }

  @Test
  void a_text_is_no_truth_value() {
    refuses(
        "{\"SyncStorageArea\":\"true\"}",
        "SyncStorageArea: must be true or false, is the text \"true\"");
  }

  @Test
  void a_text_and_a_fraction_are_no_integers() {
    refuses("{\"StableAge\":\"50\"}", "StableAge: must be an integer, is the text \"50\"");
    refuses("{\"StableAge\":1.0}", "StableAge: must be an integer, is the number 1.0");
  }

  @Test
  void null_is_no_value() {
    refuses("{\"Name\":null}", "Name: must be a text in quotes, is null");
  }

  @Test
  void integers_have_limits() {
    refuses("{\"StableAge\":-1}", "StableAge: must be 0 or more, is -1");
    refuses(
        "{\"MaximumPatientCount\":99999999999}",
        "MaximumPatientCount: must be 0 or more, is 99999999999");
  }

  @Test
  void words_are_compared_with_case() {
    refuses(
        "{\"MaximumStorageMode\":\"reject\"}",
        "MaximumStorageMode: must be one of Recycle, Reject, is \"reject\"");
  }

  @Test
  void a_section_must_be_an_object() {
    refuses(
        "{\"ExtraMainDicomTags\":[]}", "ExtraMainDicomTags: must be an object: { ... }, is a list");
  }

  @Test
  void the_path_of_a_field_is_told() {
    refuses(
        "{\"ExtraMainDicomTags\":{\"Study\":[\"NoSuchTag\"]}}",
        "ExtraMainDicomTags.Study: there is no DICOM tag \"NoSuchTag\"");
    refuses(
        "{\"UserMetadata\":{\"a\":\"1024\"}}",
        "UserMetadata.a: must be a number, is the text \"1024\"");
  }

  @Test
  void a_given_section_takes_the_place_of_the_default_one() {
    Section warnings = root("{\"Warnings\":{\"W003_DecoderFailure\":false}}").section("Warnings");

    assertThat(warnings.flag("W003_DecoderFailure")).isFalse();
    assertThat(warnings.flag("W001_TagsBeingReadFromStorage")).isTrue();
  }

  @Test
  void overwriting_may_be_a_truth_value_as_in_old_files() {
    for (String value : List.of("true", "false", "\"Never\"", "\"Always\"", "\"IfChanged\"")) {
      ServerConfiguration.of(
          new ConfigurationFiles(KeyTable.load(), _ -> null)
              .read(List.of(write("{\"OverwriteInstances\":" + value + "}"))));
    }
    refuses(
        "{\"OverwriteInstances\":1}",
        "OverwriteInstances: must be a text in quotes, is the number 1");
    refuses(
        "{\"OverwriteInstances\":\"IfChanged\",\"StoreMD5ForAttachments\":false}",
        "OverwriteInstances: IfChanged needs StoreMD5ForAttachments to be true");
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("c.json"), text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
