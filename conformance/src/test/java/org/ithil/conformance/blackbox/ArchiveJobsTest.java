package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives are jobs that can be stopped, left, killed: what they leave is whole or nothing. */
@Tag("process")
class ArchiveJobsTest {
  private static final int IMAGES = 60;
  private static final int SIDE = 1024;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path folder;
  private Launch launch;
  private final Map<String, byte[]> sent = new HashMap<>();
  private String study = "";

  @BeforeEach
  void prepare() {
    launch = Launch.in(folder).key("MediaArchiveSize", "10");
  }

  private void store(RunningServer server) {
    for (int n = 1; n <= IMAGES; n++) {
      byte[] file = noisy(new SyntheticImage(1, 1, n, SIDE, 1));
      var answer = server.http().post("/instances", file);
      assertThat(answer.status()).isEqualTo(200);
      study = answer.text("ParentStudy");
      sent.put("OT%06d.dcm".formatted(n), file);
    }
  }

  /** Noise as pixels: it fills all buffers, as no packing makes it smaller. */
  private static byte[] noisy(SyntheticImage image) {
    byte[] file = image.file();
    byte[] noise = new byte[(int) image.pixelBytes()];
    new Random(image.instance()).nextBytes(noise);
    System.arraycopy(noise, 0, file, file.length - noise.length, noise.length);
    return file;
  }

  private String submit(RunningServer server, String route) {
    var answer =
        server
            .http()
            .post(
                "/studies/" + study + "/" + route,
                "{\"Asynchronous\":true}".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(200);
    return answer.text("ID");
  }

  private static String state(RunningServer server, String job) {
    return server.http().get("/jobs/" + job).text("State");
  }

  private static void awaitState(RunningServer server, String job, String state) {
    assertThat(RunningServer.eventually(LIMIT, () -> state(server, job).equals(state)))
        .as("state %s, is %s", state, state(server, job))
        .isTrue();
  }

  private static void act(RunningServer server, String job, String action) {
    assertThat(server.http().post("/jobs/" + job + "/" + action, new byte[0]).status())
        .isEqualTo(200);
  }

  private void isWhole(RunningServer server, String job) throws IOException {
    RestClient.Answer answer = server.http().get("/jobs/" + job + "/archive");
    assertThat(answer.status()).isEqualTo(200);
    Map<String, byte[]> found = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        found.put(e.getName().replaceAll(".*/", ""), zip.readAllBytes());
      }
    }
    if (found.remove("DICOMDIR") != null) {
      assertThat(found).hasSize(sent.size());
    } else {
      assertThat(found).containsExactlyInAnyOrderEntriesOf(sent);
    }
  }

  @Test
  void go_on_after_SIGKILL_and_keep_what_they_made() throws IOException {
    List<String> jobs = new ArrayList<>();
    String streamed;
    try (RunningServer server = launch.start()) {
      store(server);
      // Its client reads no further, so it is certainly in the middle.
      try (InputStream answer = server.http().stream("/studies/" + study + "/archive")) {
        assertThat(answer.read()).isEqualTo('P');
        streamed = server.http().get("/jobs").strings().getFirst();
        for (int n = 0; n < 3; n++) {
          jobs.add(submit(server, "archive"));
          jobs.add(submit(server, "media"));
        }
        server.kill();
      }
    }
    jobs.add(streamed);
    try (RunningServer server = launch.start()) {
      for (String job : jobs) {
        awaitState(server, job, "Success");
        isWhole(server, job);
      }
      server.kill();
    }
    try (RunningServer server = launch.start()) {
      for (String job : jobs) {
        assertThat(state(server, job)).isEqualTo("Success");
        isWhole(server, job);
      }
    }
  }

  @Test
  void are_paused_and_cancelled_in_the_middle() throws IOException {
    try (RunningServer server = launch.start()) {
      store(server);
      try (InputStream answer = server.http().stream("/studies/" + study + "/archive")) {
        assertThat(answer.read()).isEqualTo('P');
        String job = server.http().get("/jobs").strings().getFirst();
        assertThat(state(server, job)).isEqualTo("Running");
        act(server, job, "pause");
        awaitState(server, job, "Paused");
        // The connection is cut: what came is no archive.
        assertThat(cut(answer)).isTrue();
        act(server, job, "resume");
        awaitState(server, job, "Success");
        isWhole(server, job);
      }
      try (InputStream answer = server.http().stream("/studies/" + study + "/archive")) {
        assertThat(answer.read()).isEqualTo('P');
        String job = running(server);
        act(server, job, "cancel");
        awaitState(server, job, "Failure");
        assertThat(server.http().get("/jobs/" + job).text("ErrorCode")).isEqualTo("37");
        assertThat(cut(answer)).isTrue();
      }
    }
  }

  @Test
  void end_when_their_client_goes_away() throws IOException {
    try (RunningServer server = launch.start()) {
      store(server);
      String job;
      try (InputStream answer = server.http().stream("/studies/" + study + "/archive")) {
        assertThat(answer.read()).isEqualTo('P');
        job = running(server);
      }
      awaitState(server, job, "Failure");
      assertThat(server.http().get("/jobs/" + job + "/archive").status()).isEqualTo(404);
    }
  }

  private static String running(RunningServer server) {
    return server.http().get("/jobs").strings().stream()
        .filter(job -> state(server, job).equals("Running"))
        .findFirst()
        .orElseThrow();
  }

  private static boolean cut(InputStream answer) {
    try {
      answer.readAllBytes();
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
