package org.ithil.web.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ithil.web.RunningApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRoutesTest {
  @TempDir Path folder;

  private RunningApi api;

  @BeforeEach
  void open() throws IOException {
    api = new RunningApi(folder);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private String submit() {
    String body = "{\"Resources\": [], \"Asynchronous\": true, \"UserData\": \"mine\"}";
    String answer =
        RunningApi.squeezed(
            api.send("POST", "/tools/create-archive", body.getBytes(StandardCharsets.UTF_8)));
    return answer.replaceAll(".*\"ID\":\"([^\"]+)\".*", "$1");
  }

  @Test
  void events_tell_how_a_job_stands_until_it_has_ended() {
    String id = submit();
    RunningApi.Reply events = api.send("GET", "/jobs/" + id + "/events", new byte[0]);
    assertThat(events.header("Content-Type")).isEqualTo("text/event-stream");
    String[] all = events.body().split("\n\n");
    assertThat(all)
        .allSatisfy(event -> assertThat(event.lines().toList()).first().isEqualTo("event: job"))
        .allSatisfy(event -> assertThat(event).contains(id));
    assertThat(all[all.length - 1].replaceAll("\\s", ""))
        .contains("\"State\":\"Success\"")
        .contains("\"Progress\":100");
    assertThat(api.send("GET", "/jobs/" + id + "/events", new byte[0]).body())
        .as("of a job that has ended")
        .contains("Success");
  }

  @Test
  void there_are_no_events_of_unknown_jobs() {
    assertThat(api.send("GET", "/jobs/nope/events", new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void a_streamed_archive_is_over_when_its_job_is() {
    for (int i = 0; i < 20; i++) {
      byte[] body = "{\"Resources\": []}".getBytes(StandardCharsets.UTF_8);
      assertThat(api.send("POST", "/tools/create-archive", body).status()).isEqualTo(200);
      assertThat(api.get("/jobs?expand")).doesNotContain("Running").doesNotContain("Pending");
    }
  }

  @Test
  void what_was_given_as_user_data_comes_back() {
    String id = submit();
    assertThat(api.get("/jobs/" + id)).contains("\"UserData\":\"mine\"");
  }
}
