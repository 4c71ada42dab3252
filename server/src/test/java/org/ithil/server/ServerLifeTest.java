package org.ithil.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server as a process: it starts, says where it is, serves, and stops when told to. */
@Timeout(120)
class ServerLifeTest {
  private static final String FREE_PORTS = "\"HttpPort\" : 0, \"DicomPort\" : 0";

  @TempDir Path folder;

  private Path configuration(String keys) throws IOException {
    return Files.writeString(folder.resolve("ithil.json"), "{ " + keys + " }");
  }

  private ServerProcess start(String keys) throws IOException {
    return ServerProcess.start(folder, configuration(keys).toString());
  }

  private static int get(int port, String path) throws IOException {
    URL url = URI.create("http://localhost:" + port + path).toURL();
    return ((HttpURLConnection) url.openConnection()).getResponseCode();
  }

  /** Whether this process, and so its children, ignore a signal. */
  private static boolean isIgnored(int signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("SigIgn:"))
          .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
          .anyMatch(mask -> (mask >> (signal - 1) & 1) != 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void serves_until_a_signal_and_stops_with_status_0(String signal) throws Exception {
    Assumptions.assumeFalse(
        signal.equals("INT") && isIgnored(2),
        "SIGINT is ignored here, as in a background job of a shell, and children inherit that");
    try (ServerProcess server = start(FREE_PORTS).awaitReady()) {
      assertThat(get(server.httpPort(), "/system")).isEqualTo(200);
      assertThat(get(server.httpPort(), "/app/explorer.html")).isEqualTo(200);
      try (Socket dicom = new Socket(InetAddress.getLoopbackAddress(), server.dicomPort())) {
        assertThat(dicom.isConnected()).isTrue();
      }

      server.signal(signal);

      assertThat(server.awaitEnd()).isZero();
      assertThat(server.errors()).doesNotContain("ERROR");
    }
  }

  @Test
  void starts_again_on_what_the_last_one_left() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (ServerProcess server = start(FREE_PORTS).awaitReady()) {
        server.signal("TERM");
        assertThat(server.awaitEnd()).isZero();
      }
    }
  }

  @Test
  void a_second_server_on_the_same_storage_is_refused() throws Exception {
    try (ServerProcess first = start(FREE_PORTS).awaitReady();
        ServerProcess second = start(FREE_PORTS)) {
      assertThat(second.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(second.errors()).contains("another process uses the storage folder");
      assertThat(get(first.httpPort(), "/system")).isEqualTo(200);
    }
  }

  @Test
  void a_damaged_index_is_named_and_nothing_else_is_said() throws Exception {
    try (ServerProcess server = start(FREE_PORTS).awaitReady()) {
      server.signal("TERM");
      assertThat(server.awaitEnd()).isZero();
    }
    Path index;
    try (var files = Files.walk(folder)) {
      index = files.filter(file -> file.endsWith("ithil.db")).findFirst().orElseThrow();
    }
    Files.writeString(index, "no database ".repeat(1000));
    try (ServerProcess server = start(FREE_PORTS)) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors())
          .contains(index.getFileName() + " is damaged")
          .contains("docs/storage.md")
          .doesNotContain("internal error")
          .doesNotContain("\tat ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HttpPort", "DicomPort"})
  void a_port_that_is_taken_is_named(String key) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"));
        ServerProcess server =
            start(
                FREE_PORTS.replace(
                    '"' + key + "\" : 0", '"' + key + "\" : " + taken.getLocalPort()))) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors())
          .contains("port " + taken.getLocalPort() + " cannot be used")
          .contains(key);
    }
  }

  @Test
  void a_storage_that_cannot_be_written_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("a-file"), "");
    try (ServerProcess server = start(FREE_PORTS + ", \"StorageDirectory\" : \"a-file\"")) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors()).contains("StorageDirectory").contains(file.toString());
    }
  }

  @Test
  void a_wrong_configuration_is_told_with_file_and_key() throws Exception {
    try (ServerProcess server = start("\"HttpPort\" : \"8042\"")) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors())
          .contains("ithil.json: HttpPort: must be an integer, is the text \"8042\"");
    }
  }

  @Test
  void a_key_that_would_close_a_door_is_not_ignored() throws Exception {
    try (ServerProcess server = start(FREE_PORTS + ", \"SslEnabled\" : true")) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors()).contains("SslEnabled");
    }
  }

  @Test
  void sighup_reads_the_configuration_again_and_goes_on() throws Exception {
    try (ServerProcess server = start(FREE_PORTS).awaitReady()) {
      configuration(FREE_PORTS + ", \"StableAge\" : \"x\"");
      server.signal("HUP");
      while (!server.errors().contains("SIGHUP")) {
        Thread.onSpinWait();
      }

      assertThat(server.errors()).contains("StableAge: must be an integer");
      assertThat(get(server.httpPort(), "/system")).isEqualTo(200);
    }
  }

  @Test
  void no_port_is_opened_for_what_is_switched_off() throws Exception {
    try (ServerProcess server =
        start(FREE_PORTS + ", \"DicomServerEnabled\" : false").awaitReady()) {
      assertThat(String.join("\n", server.lines())).contains("DICOM     off");
    }
  }

  @Test
  void logs_go_to_the_file_that_is_named() throws Exception {
    Path log = folder.resolve("a.log");
    try (ServerProcess server =
        ServerProcess.start(
                folder,
                "--logfile=" + log,
                "--foo",
                configuration(FREE_PORTS + ", \"Foo\" : 1").toString())
            .awaitReady()) {
      assertThat(Files.readString(log)).contains("--foo").contains("Foo: unknown key");
      assertThat(server.errors()).isEmpty();
    }
  }

  @Test
  void a_log_file_tells_the_start_and_the_end() throws Exception {
    Path log = folder.resolve("a.log");
    try (ServerProcess server =
        ServerProcess.start(folder, "--logfile=" + log, configuration(FREE_PORTS).toString())
            .awaitReady()) {
      server.signal("TERM");
      assertThat(server.awaitEnd()).isZero();
      assertThat(Files.readString(log))
          .contains("is ready: HTTP port " + server.httpPort())
          .contains("Ithil has stopped");
    }
  }

  @Test
  void a_storage_folder_that_is_of_no_use_is_named_itself() throws Exception {
    Files.createDirectories(folder.resolve("storage/.ithil-lock"));
    try (ServerProcess server = start(FREE_PORTS + ", \"StorageDirectory\" : \"storage\"")) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors())
          .contains("the storage cannot be used, see the keys StorageDirectory");
    }
  }

  @Test
  void a_missing_log_folder_is_refused() throws Exception {
    Assumptions.assumeFalse(Files.exists(folder.resolve("logs")));
    try (ServerProcess server = ServerProcess.start(folder, "--logdir=logs")) {
      assertThat(server.awaitEnd()).isEqualTo(Program.FAILED);
      assertThat(server.errors()).contains("log folder logs does not exist");
    }
  }
}
