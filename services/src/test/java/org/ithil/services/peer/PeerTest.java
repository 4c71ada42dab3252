package org.ithil.services.peer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.services.peer.PeerFormatException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTest {
  @TempDir Path folder;

  private static Peer peer(String json) {
    try {
      return Peer.of(
          new JsonReader(9999)
              .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      value.write(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
  }

  @Test
  void reads_the_short_form() {
    assertThat(text(peer("['http://a:1']".replace('\'', '"')).configuration()))
        .isEqualTo("{\"HttpHeaders\":[],\"Pkcs11\":false,\"Timeout\":0,\"Url\":\"http://a:1/\"}");
  }

  private static final String ALL =
      "{\"Url\":\"https://a/x\",\"Username\":\"alice\",\"Password\":\"secret1\",\"HttpHeaders\":"
          + "{\"Token\":\"secret2\"},\"CertificateFile\":\"c.pem\",\"CertificateKeyFile\":\"k.pem\","
          + "\"CertificateKeyPassword\":\"secret3\",\"Timeout\":42,\"RemoteSelf\":\"me\",\"N\":5}";

  @Test
  void keeps_every_field_and_reads_its_own_definition_again() {
    Peer peer = peer(ALL);

    assertThat(peer.remoteSelf()).contains("me");
    assertThat(peer.properties()).containsEntry("N", "5");
    assertThat(peer(text(peer.definition()))).isEqualTo(peer);
  }

  @Test
  void tells_clients_and_logs_no_secrets() {
    Peer peer = peer(ALL);

    assertThat(text(peer.configuration()) + text(peer.content()) + peer).doesNotContain("secret");
    assertThat(text(peer.configuration()))
        .contains("\"Password\":null", "[\"Token\"]", "\"CertificateKeyPassword\":null");
    assertThat(text(peer.content())).contains("{\"Token\":null}").doesNotContain("Password");
    assertThat(text(peer("[\"http://a/\",\"alice\",\"secret\"]").content()))
        .isEqualTo("[\"http://a/\",\"alice\"]");
  }

  @Test
  void takes_credentials_out_of_the_url() {
    Peer peer = peer("[\"http://alice:secret@a:1/x\"]");

    assertThat(peer.url()).isEqualTo("http://a:1/x/");
    assertThat(peer.username()).isEqualTo("alice");
    assertThat(peer.password()).isEqualTo("secret");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "[\"http://a\",\"b\"]",
        "[\"http://a\",\"b\",\"c\",\"d\"]",
        "[\"\"]",
        "[\"ftp://a\"]",
        "{}",
        "{\"Url\":5}",
        "{\"Url\":\"http://a\",\"Password\":\"x\"}",
        "{\"Url\":\"http://a\",\"HttpHeaders\":[]}",
        "{\"Url\":\"http://a\",\"HttpHeaders\":{\"a b\":\"x\"}}",
        "{\"Url\":\"http://a\",\"HttpHeaders\":{\"a\":\"x\\r\\ny: z\"}}",
        "{\"Url\":\"http://a\",\"Timeout\":\"4\"}",
        "{\"Url\":\"http://a\",\"More\":[]}",
        "\"http://a\"",
        "null",
        "5"
      })
  void refuses(String definition) {
    assertThatThrownBy(() -> peer(definition))
        .isInstanceOfSatisfying(
            PeerFormatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.FORM));
  }

  @Test
  void refuses_a_certificate_that_is_not_there_when_it_is_put() {
    Peers peers = Peers.inMemory(Map.of());
    Peer peer = peer("{\"Url\":\"http://a\",\"CertificateFile\":\"/no/such/file\"}");

    assertThatThrownBy(() -> peers.put("p", peer))
        .isInstanceOf(PeerFormatException.class)
        .hasMessage("Cannot open certificate file: /no/such/file");
    assertThat(peers.all()).isEmpty();
  }

  @Test
  void outlives_the_process_in_the_index() throws IOException {
    Peer peer = peer(ALL.replace("c.pem", "").replace("k.pem", ""));
    try (Archive archive = open()) {
      Peers peers = Peers.in(archive.index());
      peers.put("a", peer);
      peers.put("b", Peer.at("http://b"));
      assertThat(peers.remove("b")).isTrue();
      assertThat(peers.remove("b")).isFalse();
    }
    try (Archive archive = open()) {
      assertThat(Peers.in(archive.index()).all()).containsExactly(Map.entry("a", peer));
    }
  }

  private Archive open() throws IOException {
    return Archive.open(
        ArchiveConfiguration.in(folder),
        Archive.Surroundings.usual(new DefaultCharacterSet(DefaultEncoding.UTF8)));
  }
}
