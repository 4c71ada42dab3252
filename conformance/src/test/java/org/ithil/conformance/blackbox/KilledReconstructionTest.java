package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files are stored anew once more after SIGKILL: each is there whole and once, before and after.
 */
@Tag("process")
class KilledReconstructionTest {
  private static final int IMAGES = 200;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final String FILES = "\"ReconstructFiles\":true";

  @TempDir Path folder;
  private final Map<String, byte[]> sent = new HashMap<>();
  private Launch launch;

  @BeforeEach
  void prepare() {
    launch = Launch.in(folder);
  }

  private void store(RunningServer server) {
    for (int n = 1; n <= IMAGES; n++) {
      SyntheticImage image = new SyntheticImage(n % 2, n % 3, n, 64, 1);
      assertThat(server.http().post("/instances", image.file()).status()).isEqualTo(200);
      sent.put(image.id(), image.file());
    }
  }

  /** The names of the blobs, by instance. */
  private static Map<String, String> blobs(RunningServer server) {
    Map<String, String> blobs = new HashMap<>();
    for (Object each : (List<?>) server.http().get("/instances?expand").json()) {
      Map<?, ?> instance = (Map<?, ?>) each;
      blobs.put(String.valueOf(instance.get("ID")), String.valueOf(instance.get("FileUuid")));
    }
    return blobs;
  }

  private static boolean isBegun(RunningServer server, Map<String, String> before) {
    return blobs(server).entrySet().stream()
        .anyMatch(now -> !now.getValue().equals(before.get(now.getKey())));
  }

  private static boolean isDone(RunningServer server, Map<String, String> before) {
    return blobs(server).entrySet().stream()
        .noneMatch(now -> now.getValue().equals(before.get(now.getKey())));
  }

  private void isWhole(RunningServer server) {
    assertThat(blobs(server).keySet()).isEqualTo(sent.keySet());
    sent.forEach((id, file) ->
        assertThat(server.http().get("/instances/" + id + "/file").body()).isEqualTo(file));
    long bytes = sent.values().stream().mapToLong(file -> file.length).sum();
    assertThat(server.http().get("/statistics").text("TotalDiskSize"))
        .isEqualTo(Long.toString(bytes));
    // Blobs that were replaced go in the background.
    assertThat(RunningServer.eventually(LIMIT, () -> server.storedFiles().size() == IMAGES))
        .as("%s files", server.storedFiles().size())
        .isTrue();
  }

  private static byte[] body(String fields) {
    return ("{" + fields + "}").getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_job_that_clients_see_goes_on() {
    String job;
    Map<String, String> before;
    try (RunningServer server = launch.start()) {
      store(server);
      before = blobs(server);
      var answer = server.http().post("/tools/reconstruct", body(FILES + ",\"Asynchronous\":true"));
      assertThat(answer.status()).isEqualTo(200);
      job = answer.text("ID");
      assertThat(RunningServer.eventually(LIMIT, () -> isBegun(server, before))).isTrue();
      server.kill();
    }
    try (RunningServer server = launch.start()) {
      assertThat(
              RunningServer.eventually(
                  LIMIT, () -> server.http().get("/jobs/" + job).text("State").equals("Success")))
          .isTrue();
      assertThat(server.http().get("/jobs/" + job).text("Type"))
          .isEqualTo("ResourceReconstruction");
      assertThat(isDone(server, before)).isTrue();
      isWhole(server);
    }
  }

  @Test
  void what_a_client_waited_for_goes_on_without_it() throws InterruptedException {
    Map<String, String> before;
    try (RunningServer server = launch.start()) {
      store(server);
      before = blobs(server);
      Thread client = Thread.ofVirtual().start(() -> waitForEnd(server));
      assertThat(RunningServer.eventually(LIMIT, () -> isBegun(server, before))).isTrue();
      server.kill();
      client.join();
    }
    try (RunningServer server = launch.start()) {
      assertThat(RunningServer.eventually(LIMIT, () -> isDone(server, before))).isTrue();
      assertThat(server.http().get("/jobs").strings()).isEmpty();
      isWhole(server);
    }
  }

  private static void waitForEnd(RunningServer server) {
    try {
      server.http().post("/tools/reconstruct", body(FILES));
    } catch (UncheckedIOException e) {
      // the server was killed
    }
  }
}
