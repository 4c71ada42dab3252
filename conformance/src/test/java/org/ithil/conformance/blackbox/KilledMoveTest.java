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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that has DCMTK's {@code dcmqrscp} send to this server, killed in the middle. */
@Tag("process")
class KilledMoveTest {
  private static final Path DCMQRSCP = Path.of("/usr/bin/dcmqrscp");
  private static final Path STORESCU = Path.of("/usr/bin/storescu");
  private static final int STUDIES = 3;
  private static final int INSTANCES = 100;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private Launch launch;
  private Process archive;
  private int port;

  @BeforeEach
  void startArchive() throws Exception {
    assumeTrue(
        Files.isExecutable(DCMQRSCP) && Files.isExecutable(STORESCU), "DCMTK is not installed");
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    launch =
        Launch.in(folder.resolve("server"))
            .key("DicomModalities", "{\"remote\":[\"REMOTE\",\"127.0.0.1\"," + port + "]}");
    Path database = Files.createDirectories(folder.resolve("remote"));
    Path configuration =
        Files.writeString(
            folder.resolve("dcmqrscp.cfg"),
            """
            NetworkTCPPort = %d
            MaxPDUSize = 16384
            MaxAssociations = 16
            HostTable BEGIN
            ithil = (ITHIL, 127.0.0.1, %d)
            HostTable END
            VendorTable BEGIN
            VendorTable END
            AETable BEGIN
            REMOTE %s RW (500, 1024mb) ANY
            AETable END
            """
                .formatted(port, launch.dicomPort(), database));
    archive = run(DCMQRSCP.toString(), "-c", configuration.toString());
    assertThat(RunningServer.eventually(LIMIT, this::listens)).isTrue();
    Path files = Files.createDirectories(folder.resolve("files"));
    for (int study = 1; study <= STUDIES; study++) {
      for (int i = 0; i < INSTANCES; i++) {
        SyntheticImage image = SyntheticImage.small(study, 1, i);
        Files.write(files.resolve(image.sopInstance()), image.file());
      }
    }
    Process filling =
        run(
            STORESCU.toString(),
            "-aec",
            "REMOTE",
            "+sd",
            "127.0.0.1",
            Integer.toString(port),
            files.toString());
    assertThat(filling.waitFor()).isZero();
  }

  private Process run(String... command) throws IOException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("dcmtk.txt").toFile()))
        .start();
  }

  private boolean listens() {
    try (Socket _ = new Socket("127.0.0.1", port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void stopArchive() {
    if (archive != null) {
      archive.destroy();
    }
  }

  @Test
  void goes_on_and_has_everything_in_the_end() {
    String job;
    try (RunningServer server = launch.start()) {
      job = move(server.http());
      RunningServer.eventually(
          LIMIT, () -> server.http().get("/instances").strings().size() > INSTANCES / 2);
      server.kill();
    }
    try (RunningServer server = launch.start()) {
      RestClient http = server.http();
      assertThat(
              RunningServer.eventually(LIMIT, () -> http.get(job).text("State").equals("Success")))
          .as("%s", http.get(job))
          .isTrue();
      Set<String> sent = new HashSet<>();
      for (int study = 1; study <= STUDIES; study++) {
        for (int i = 0; i < INSTANCES; i++) {
          sent.add(SyntheticImage.small(study, 1, i).id());
        }
      }
      assertThat(http.get("/instances").strings()).containsExactlyInAnyOrderElementsOf(sent);
      List<String> told = new ArrayList<>();
      Map<?, ?> content = (Map<?, ?>) ((Map<?, ?>) http.get(job).json()).get("Content");
      for (Object detail : (List<?>) content.get("Details")) {
        List<?> received = (List<?>) ((Map<?, ?>) detail).get("ReceivedInstancesIds");
        received.forEach(id -> told.add(String.valueOf(id)));
      }
      assertThat(told).as("each once").containsExactlyInAnyOrderElementsOf(sent);
    }
  }

  /** Asks for all studies; gives the path of the job. */
  private static String move(RestClient http) {
    List<String> resources = new ArrayList<>();
    for (int study = 1; study <= STUDIES; study++) {
      String instance = SyntheticImage.small(study, 1, 0).sopInstance();
      String uid = instance.substring(0, instance.length() - ".1.0".length());
      resources.add("{\"StudyInstanceUID\":\"" + uid + "\"}");
    }
    String body =
        "{\"Level\":\"Study\",\"Asynchronous\":true,\"Resources\":["
            + String.join(",", resources)
            + "]}";
    RestClient.Answer answer =
        http.post("/modalities/remote/move", body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.text("Path");
  }
}
