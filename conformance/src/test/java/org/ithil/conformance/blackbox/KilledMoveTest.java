package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SendingArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job that has another archive send to this one, killed in the middle. */
@Tag("process")
class KilledMoveTest {
  private static final int STUDIES = 3;
  private static final int INSTANCES = 40;

  @TempDir Path folder;

  @Test
  void goes_on_and_has_everything_in_the_end() throws IOException {
    Launch launch = Launch.in(folder);
    try (SendingArchive archive = new SendingArchive(launch.dicomPort(), INSTANCES)) {
      launch =
          launch.key(
              "DicomModalities",
              "{\"remote\":[\"REMOTE\",\"127.0.0.1\"," + archive.port() + "]}");
      String id;
      try (RunningServer server = launch.start()) {
        archive.holdAfter(INSTANCES + INSTANCES / 2);
        id = move(server.http());
        archive.awaitHold();
        assertThat(server.http().get("/jobs/" + id).text("State")).isEqualTo("Running");
        server.kill();
        archive.goOn();
      }
      try (RunningServer server = launch.start()) {
        RestClient http = server.http();
        assertThat(
                RunningServer.eventually(
                    Duration.ofSeconds(60),
                    () -> !"Running Pending".contains(http.get("/jobs/" + id).text("State"))))
            .isTrue();
        assertThat(http.get("/jobs/" + id).text("State")).isEqualTo("Success");
        Set<String> all = Set.copyOf(http.get("/instances").strings());
        assertThat(all).hasSize(STUDIES * INSTANCES);
        List<Map<?, ?>> details = details(http, id);
        for (Map<?, ?> detail : details) {
          List<String> received = received(detail);
          assertThat(received).hasSize(INSTANCES).doesNotHaveDuplicates();
          assertThat(all).containsAll(received);
        }
        assertThat(details).hasSize(STUDIES);
        assertThat(archive.moves())
            .as("the first study is not asked for again")
            .containsExactly("1", "2", "2", "3");
      }
    }
  }

  private static String move(RestClient http) {
    StringBuilder resources = new StringBuilder();
    for (int study = 1; study <= STUDIES; study++) {
      resources.append(study > 1 ? "," : "").append("{\"StudyInstanceUID\":\"");
      resources.append(study).append("\"}");
    }
    String body =
        "{\"Level\":\"Study\",\"Asynchronous\":true,\"Resources\":[" + resources + "]}";
    RestClient.Answer answer =
        http.post("/modalities/remote/move", body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text("ID");
  }

  private static List<Map<?, ?>> details(RestClient http, String id) {
    Map<?, ?> job = (Map<?, ?>) http.get("/jobs/" + id).json();
    return ((List<?>) ((Map<?, ?>) job.get("Content")).get("Details"))
        .stream().<Map<?, ?>>map(detail -> (Map<?, ?>) detail).toList();
  }

  private static List<String> received(Map<?, ?> detail) {
    return ((List<?>) detail.get("ReceivedInstancesIds")).stream().map(String::valueOf).toList();
  }
}
