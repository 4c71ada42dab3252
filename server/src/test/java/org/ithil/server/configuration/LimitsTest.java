package org.ithil.server.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.json.JsonValue;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dimse.scp.ServerSettings;
import org.ithil.server.configuration.KeyTable.Key;
import org.ithil.web.ApiLimits;
import org.ithil.web.http.HttpSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits without a key of the reference are keys of the section Ithil. */
class LimitsTest {
  @TempDir Path folder;

  private Configuration read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("c.json"), text);
    return new ConfigurationFiles(KeyTable.load(), _ -> null).read(List.of(file));
  }

  @Test
  void each_limit_reaches_the_part_that_keeps_it() throws IOException {
    ServerConfiguration meaning =
        ServerConfiguration.of(
            read(
                """
                {"Ithil":{"DicomArtim":1,"DicomAssociationSizeKB":102,"DicomCommandSizeKB":3,"DicomConnections":4,
                 "DicomCommandTime":18,"DicomMinimumRate":19,"DicomWaitingAssociations":5,"DicomWaitingTime":6,"FileElements":7,"FileInflatedSizeMB":8,
                 "FileMemoryMB":9,"FileNesting":10,"HttpConnections":11,"HttpHeadSizeKB":12,"HttpHeadTimeout":13,
                 "HttpMinimumAnswerRate":25,"HttpMinimumBodyRate":14,"HttpStopTimeout":15,"IndexReaders":16,"SpoolSizeMB":17,
                 "ChangesAtOnce":20,"DicomStopTimeout":21,"HttpHostNames":["pacs.example"],"HttpMetadataSizeKB":22,
                 "HttpPendingUploads":23,"HttpPendingUploadTime":24}}
                """));

    ServerSettings dicom = meaning.dicom().listening();
    assertThat(dicom.limits().artim()).isEqualTo(Duration.ofSeconds(1));
    assertThat(dicom.limits().maxAssociationPdu()).isEqualTo(102 << 10);
    assertThat(dicom.limits().maxCommandSet()).isEqualTo(3 << 10);
    assertThat(dicom.limits().commandTime()).isEqualTo(Duration.ofSeconds(18));
    assertThat(dicom.limits().minimumRate()).isEqualTo(19);
    assertThat(dicom.connections()).isEqualTo(4);
    assertThat(dicom.stopTime()).isEqualTo(Duration.ofSeconds(21));
    assertThat(dicom.waitingAssociations()).isEqualTo(5);
    assertThat(dicom.waitingTime()).isEqualTo(Duration.ofSeconds(6));
    ReadOptions reading = meaning.reading();
    assertThat(reading.maxElements()).isEqualTo(7);
    assertThat(reading.maxInflated()).isEqualTo(8L << 20);
    assertThat(reading.maxInMemory()).isEqualTo(9L << 20);
    assertThat(reading.maxDepth()).isEqualTo(10);
    HttpSettings http = meaning.web().http();
    assertThat(http.limits().connections()).isEqualTo(11);
    assertThat(http.limits().head()).isEqualTo(12 << 10);
    assertThat(http.patience().head()).isEqualTo(Duration.ofSeconds(13));
    assertThat(http.patience().minimumBodyRate()).isEqualTo(14);
    assertThat(http.patience().minimumAnswerRate()).isEqualTo(25);
    assertThat(http.patience().stop()).isEqualTo(Duration.ofSeconds(15));
    assertThat(http.listening().hostNames()).containsExactly("pacs.example");
    assertThat(meaning.web().limits())
        .isEqualTo(new ApiLimits(22 << 10, 20, 23, Duration.ofSeconds(24)));
    assertThat(meaning.archive().indexReaders()).isEqualTo(16);
    assertThat(meaning.archive().spoolBytes()).isEqualTo(17L << 20);
  }

  @Test
  void without_the_section_the_defaults_of_each_part_count() throws IOException {
    ServerConfiguration meaning = ServerConfiguration.of(read("{}"));

    assertThat(meaning.dicom().listening()).isEqualTo(ServerSettings.DEFAULT);
    assertThat(meaning.reading())
        .isEqualTo(ReadOptions.DEFAULT.withDictionary(meaning.dictionary()));
    assertThat(meaning.web().http()).isEqualTo(HttpSettings.DEFAULT);
    assertThat(meaning.web().limits()).isEqualTo(ApiLimits.DEFAULT);
    ArchiveConfiguration archive = meaning.archive();
    assertThat(archive)
        .usingRecursiveComparison()
        .isEqualTo(ArchiveConfiguration.in(archive.storageFolder()));
  }

  @Test
  void the_section_shows_the_defaults_of_its_fields() {
    Map<String, JsonValue> fields = new TreeMap<>();
    for (Key key : KeyTable.load().all()) {
      if (key.name().startsWith("Ithil.")) {
        fields.put(
            key.name().substring("Ithil.".length()), Objects.requireNonNull(key.byDefault()));
      }
    }

    Key section = Objects.requireNonNull(KeyTable.load().find("Ithil"));
    assertThat(section.byDefault()).isEqualTo(new JsonValue.Members(new TreeMap<>(fields)));
  }

  @Test
  void an_unknown_field_is_warned_of() throws IOException {
    assertThat(read("{\"Ithil\":{\"SpoolSize\":1,\"spoolSizeMB\":1}}").warnings())
        .map(warning -> warning.substring(warning.indexOf("Ithil.")))
        .containsExactly(
            "Ithil.SpoolSize: unknown key, ignored",
            "Ithil.spoolSizeMB: unknown key, ignored (did you mean Ithil.SpoolSizeMB?)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "IndexReaders|0|must be between 1 and 1024, is 0",
        "FileNesting|257|must be between 1 and 256, is 257",
        "SpoolSizeMB|-1|must be 0 or more, is -1",
        "HttpConnections|true|must be an integer, is true",
      })
  void a_wrong_value_is_refused(String key, String value, String what) throws IOException {
    Configuration wrong = read("{\"Ithil\":{\"" + key + "\":" + value + "}}");

    assertThatThrownBy(() -> ServerConfiguration.of(wrong))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("Ithil." + key + ": " + what);
  }
}
