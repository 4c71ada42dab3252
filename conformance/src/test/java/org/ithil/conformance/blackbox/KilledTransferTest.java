package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient.Answer;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one server sends to another arrives whole, though one of them is killed meanwhile. */
@Tag("process")
class KilledTransferTest {
  private static final int INSTANCES = 60;
  private static final int SIDE = 1024;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** Small buckets and a single thread, so that there is a middle to be killed in. */
  private static final String SLOW = "{ \"Threads\" : 1, \"BucketSize\" : 128 }";

  @TempDir Path folder;
  private Launch here;
  private Launch there;
  private String patient = "";

  @BeforeEach
  void configure() {
    here = Launch.in(folder.resolve("here"));
    there = Launch.in(folder.resolve("there"));
    here = configured(here, there);
    there = configured(there, here);
  }

  private static Launch configured(Launch launch, Launch other) {
    return launch
        .key("OrthancPeers", "{ \"other\" : [ \"http://127.0.0.1:" + other.httpPort() + "/\" ] }")
        .key("Transfers", SLOW)
        .key("OverwriteInstances", "true")
        .key("Ithil", "{ \"JobStopSeconds\" : 0 }");
  }

  private void fill(RunningServer server) {
    for (int i = 0; i < INSTANCES; i++) {
      SyntheticImage image = new SyntheticImage(1, 1, i, SIDE, 1);
      assertThat(server.http().post("/instances", image.file()).status()).isEqualTo(200);
    }
    patient = server.http().get("/patients").strings().getFirst();
  }

  private static void same(RunningServer one, RunningServer other) {
    List<String> ids = one.http().get("/instances").strings();
    assertThat(ids).hasSize(INSTANCES);
    assertThat(other.http().get("/instances").strings()).isEqualTo(ids);
    for (String id : ids) {
      assertThat(other.http().get("/instances/" + id + "/file").body())
          .isEqualTo(one.http().get("/instances/" + id + "/file").body());
    }
  }

  private static byte[] json(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private String start(RunningServer server, String path, String body) {
    Answer answer = server.http().post(path, json(body));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.text("ID");
  }

  private static Map<?, ?> job(RunningServer server, String id) {
    return (Map<?, ?>) server.http().get("/jobs/" + id).json();
  }

  /** Waits until a job is in its middle; kills the server then. */
  private static void killInTheMiddle(RunningServer worker, String id, RunningServer victim) {
    List<String> seen = new ArrayList<>();
    boolean middle =
        RunningServer.eventually(
            LIMIT,
            () -> {
              Map<?, ?> job = job(worker, id);
              seen.add(job.get("State") + " " + job.get("Progress"));
              return ((Number) job.get("Progress")).intValue() > 5;
            });
    assertThat(middle).as("the job came to its middle: %s", seen).isTrue();
    victim.kill();
  }

  private static void succeeds(RunningServer server, String id) {
    RunningServer.eventually(
        LIMIT,
        () -> List.of("Success", "Failure").contains(String.valueOf(job(server, id).get("State"))));
    assertThat(job(server, id).get("State")).as("%s", job(server, id)).isEqualTo("Success");
  }

  @Test
  void a_peer_store_goes_on() {
    String id;
    try (RunningServer target = there.start()) {
      try (RunningServer source = here.start()) {
        fill(source);
        id =
            start(
                source,
                "/peers/other/store",
                "{'Resources':['" + patient + "'],'Asynchronous':true,'Compress':true}");
        killInTheMiddle(source, id, source);
      }
      try (RunningServer source = here.start()) {
        succeeds(source, id);
        same(source, target);
      }
    }
  }

  @Test
  void a_push_goes_on() {
    String id;
    try (RunningServer target = there.start()) {
      try (RunningServer source = here.start()) {
        fill(source);
        id = start(source, "/transfers/send", request());
        killInTheMiddle(source, id, source);
      }
      assertThat(target.http().get("/instances").strings()).isEmpty();
      try (RunningServer source = here.start()) {
        succeeds(source, id);
        same(source, target);
      }
    }
  }

  @Test
  void a_pull_starts_over() {
    String id;
    try (RunningServer source = here.start()) {
      fill(source);
      try (RunningServer target = there.start()) {
        id = start(target, "/transfers/pull", request());
        killInTheMiddle(target, id, target);
      }
      try (RunningServer target = there.start()) {
        succeeds(target, id);
        same(source, target);
      }
    }
  }

  @Test
  void a_push_fails_and_leaves_nothing_when_its_receiver_is_killed_and_can_be_repeated() {
    try (RunningServer source = here.start()) {
      fill(source);
      String id;
      try (RunningServer target = there.start()) {
        id = start(source, "/transfers/send", request());
        killInTheMiddle(source, id, target);
      }
      RunningServer.eventually(LIMIT, () -> "Failure".equals(job(source, id).get("State")));
      assertThat(job(source, id).get("State")).isEqualTo("Failure");
      try (RunningServer target = there.start()) {
        assertThat(target.http().get("/instances").strings()).isEmpty();
        assertThat(source.http().post("/jobs/" + id + "/resubmit", new byte[0]).status())
            .isEqualTo(200);
        succeeds(source, id);
        same(source, target);
      }
    }
  }

  private String request() {
    return "{'Resources':[{'Level':'Patient','ID':'"
        + patient
        + "'}],'Peer':'other','Compression':'gzip'}";
  }
}
