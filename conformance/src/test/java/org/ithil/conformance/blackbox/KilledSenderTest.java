package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that send instances to DCMTK's {@code storescp}, which is a process of its own. */
@Tag("process")
class KilledSenderTest {
  private static final Path STORESCP = Path.of("/usr/bin/storescp");
  private static final int INSTANCES = 200;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Path received;
  private Process storescp;
  private int port;

  @BeforeEach
  void startReceiver() throws IOException {
    assumeTrue(Files.isExecutable(STORESCP), "DCMTK's storescp is not installed");
    received = Files.createDirectories(folder.resolve("received"));
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    // A process for each association: a killed sender can come back at once.
    storescp =
        new ProcessBuilder(
                STORESCP.toString(),
                "--fork",
                "+B",
                "-od",
                received.toString(),
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("storescp.txt").toFile())
            .start();
    assertThat(RunningServer.eventually(LIMIT, this::listens)).isTrue();
  }

  @AfterEach
  void stopReceiver() {
    if (storescp != null) {
      storescp.destroy();
    }
  }

  private boolean listens() {
    try (Socket _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private List<SyntheticImage> fill(RestClient http) {
    List<SyntheticImage> images = new ArrayList<>();
    for (int i = 0; i < INSTANCES; i++) {
      SyntheticImage image = new SyntheticImage(1, i % 3, i, 256, 1);
      assertThat(http.post("/instances", image.file()).status()).isEqualTo(200);
      images.add(image);
    }
    return images;
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private String submit(RestClient http) {
    String study = http.get("/studies").strings().getFirst();
    RestClient.Answer answer =
        http.post(
            "/modalities/sink/store",
            json("{\"Resources\":[\"" + study + "\"],\"Asynchronous\":true}"));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.text("Path");
  }

  private Launch launch(int receiver) {
    return Launch.in(folder.resolve("server"))
        .key("DicomModalities", "{\"sink\":[\"SINK\",\"127.0.0.1\"," + receiver + "]}");
  }

  private Set<String> files() {
    try (Stream<Path> list = Files.list(received)) {
      return list.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_job_goes_on_after_the_server_was_killed_in_its_middle() throws Exception {
    long half =
        INSTANCES / 2 * new SyntheticImage(1, 0, 0, 256, 1).dataSetStream().readAllBytes().length;
    try (HoldingRelay relay = new HoldingRelay(port, half)) {
      Launch launch = launch(relay.port());
      List<SyntheticImage> images;
      String job;
      try (RunningServer server = launch.start()) {
        images = fill(server.http());
        job = submit(server.http());
        relay.awaitHold();
        server.kill();
      }
      assertThat(files()).hasSizeBetween(INSTANCES / 4, INSTANCES - INSTANCES / 4);
      relay.passAll();
      try (RunningServer server = launch.start()) {
        assertThat(
                RunningServer.eventually(
                    LIMIT, () -> server.http().get(job).text("State").equals("Success")))
            .as("%s", server.http().get(job))
            .isTrue();
        assertReceived(images);
      }
    }
  }

  private void assertReceived(List<SyntheticImage> images) throws IOException {
    assertThat(files()).hasSize(INSTANCES);
    for (SyntheticImage image : images) {
      Path file =
          received.resolve(
              files().stream()
                  .filter(name -> name.endsWith("." + image.sopInstance()))
                  .findFirst()
                  .orElseThrow());
      assertThat(Files.readAllBytes(file)).endsWith(image.dataSetStream().readAllBytes());
    }
  }

  @Test
  void two_clients_send_at_once() throws Exception {
    try (RunningServer server = launch(port).start()) {
      fill(server.http());
      String study = server.http().get("/studies").strings().getFirst();
      List<RestClient.Answer> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
      List<Thread> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(
            Thread.ofVirtual()
                .start(() ->
                    answers.add(
                        server.http().post("/modalities/sink/store", json('"' + study + '"')))));
      }
      for (Thread client : clients) {
        client.join();
      }
      assertThat(answers)
          .hasSize(2)
          .allSatisfy(answer -> {
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.text("InstancesCount")).isEqualTo(Integer.toString(INSTANCES));
          });
      assertThat(files()).hasSize(INSTANCES);
    }
  }
}
