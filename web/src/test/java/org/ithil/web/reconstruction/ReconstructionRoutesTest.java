package org.ithil.web.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.RunningApi;
import org.ithil.web.RunningApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ReconstructionRoutesTest {
  private static final ResourceId STUDY = ResourceId.ofStudy("P", "1.2.1");
  private static final String ONE = "/studies/" + STUDY + "/reconstruct";

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void open() throws IOException {
    api = new RunningApi(folder);
    assertThat(api.post(RunningApi.dicom("P", 1, 1, 1)).status()).isEqualTo(200);
    assertThat(api.post(RunningApi.dicom("P", 1, 2, 2)).status()).isEqualTo(200);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Reply post(String path, String body) {
    return api.send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "{}",
        "{\"Unknown\":1}",
        "{\"Asynchronous\":\"x\"}",
        "{\"ReconstructFiles\":true,\"LimitToThisLevelMainDicomTags\":true}"
      })
  void answers_nothing_when_it_is_done_and_shows_no_job(String body) {
    for (String path : new String[] {ONE, "/tools/reconstruct"}) {
      Reply answer = post(path, body);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEmpty();
      assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    }
    assertThat(api.get("/jobs")).isEqualTo("[]");
  }

  @Test
  void is_a_job_if_it_is_asked_for_one() throws InterruptedException {
    Reply answer =
        post(ONE, "{\"Asynchronous\":true,\"ReconstructFiles\":true,\"UserData\":\"mine\"}");
    String job = RunningApi.squeezed(answer).replaceAll(".*\"Path\":\"([^\"]*)\".*", "$1");
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!api.get(job).contains("\"State\":\"Success\"") && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(api.get(job))
        .contains(
            "\"State\":\"Success\"",
            "\"Type\":\"ResourceReconstruction\"",
            "\"InstancesCount\":2",
            "\"FailedInstancesCount\":0",
            "\"Level\":\"Study\"",
            "\"ReconstructFiles\":true",
            "\"UserData\":\"mine\"");
  }

  @Test
  void tells_what_it_cannot_do() {
    assertThat(post("/studies/nope/reconstruct", "").status()).isEqualTo(404);
    assertThat(post("/studies/" + ResourceId.ofPatient("none") + "/reconstruct", "").status())
        .isEqualTo(404);
    // The level of the path does not count.
    assertThat(post("/series/" + STUDY + "/reconstruct", "").status()).isEqualTo(200);
    assertThat(post(ONE, "[]").status()).isEqualTo(400);
    Reply answer = post(ONE, "{\"ReconstructFiles\":1}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("The field ReconstructFiles must contain a Boolean");
  }

  @Test
  void tags_are_read_again_when_they_were_invalidated() {
    String path = "/instances/" + ResourceId.ofInstance("P", "1.2.1", "1.2.1.1", "1.2.1.1.1");
    String before = api.get(path + "/tags?short");
    Reply answer = post("/tools/invalidate-tags", "");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(api.get(path + "/tags?short")).isEqualTo(before).contains("0010,0020");
  }
}
