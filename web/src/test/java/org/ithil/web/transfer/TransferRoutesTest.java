package org.ithil.web.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.Relay;
import org.ithil.web.RunningApi;
import org.ithil.web.RunningApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two servers that transfer, over a connection that may be held up. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TransferRoutesTest {
  private static final String PATIENT = ResourceId.ofPatient("P").toString();
  private static final int INSTANCES = 8;
  private static final int PIXELS = 1 << 20;
  private static final long HALF = (long) INSTANCES * PIXELS / 2;

  @TempDir Path folder;
  private RunningApi here;
  private RunningApi there;
  private Relay relay;

  @BeforeEach
  void open() throws IOException {
    here = new RunningApi(folder.resolve("here"));
    there = new RunningApi(folder.resolve("there"));
    relay = new Relay(there.port());
    here.send("PUT", "/peers/there", bytes("[\"" + relay.url() + "\"]"));
  }

  @AfterEach
  void close() throws IOException {
    relay.close();
    here.close();
    there.close();
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static void fill(RunningApi api) {
    for (int i = 0; i < INSTANCES; i++) {
      api.post(RunningApi.dicom("P", 1, 1, i, PIXELS));
    }
  }

  private static String id(int number) {
    return ResourceId.ofInstance("P", "1.2.1", "1.2.1.1", "1.2.1.1." + number).toString();
  }

  private static byte[] request(String compression) {
    return bytes(
        "{'Resources':[{'Level':'Patient','ID':'"
            + PATIENT
            + "'}],'Peer':'there','Compression':'"
            + compression
            + "'}");
  }

  private String start(String route, String compression) {
    String answer = RunningApi.squeezed(here.send("POST", route, request(compression)));
    return answer.replaceAll(".*\"ID\":\"([^\"]+)\".*", "$1");
  }

  private void act(String job, String action) {
    assertThat(here.send("POST", "/jobs/" + job + "/" + action, new byte[0]).status())
        .isEqualTo(200);
  }

  private String ended(String job) {
    here.send("GET", "/jobs/" + job + "/events", new byte[0]); // ends with it
    return here.get("/jobs/" + job);
  }

  private void awaitPause(String job) throws InterruptedException {
    while (!here.get("/jobs/" + job).contains("\"State\":\"Paused\"")) {
      Thread.sleep(10);
    }
  }

  private void same() {
    for (int i = 0; i < INSTANCES; i++) {
      String path = "/instances/" + id(i) + "/file";
      Reply one = here.send("GET", path, new byte[0]);
      assertThat(one.status()).isEqualTo(200);
      assertThat(there.send("GET", path, new byte[0]).body()).isEqualTo(one.body());
    }
  }

  private void nothingWaits(String server) throws IOException, InterruptedException {
    boolean waits = true;
    while (waits) {
      try (var left = Files.list(folder.resolve(server).resolve(".spool"))) {
        waits = left.findAny().isPresent();
      }
      Thread.sleep(10);
    }
  }

  @Test
  void tells_which_peers_take_part() {
    here.send("PUT", "/peers/both", bytes("{'Url':'" + relay.url() + "','RemoteSelf':'x'}"));
    here.send("PUT", "/peers/nobody", bytes("['http://127.0.0.1:1/']"));
    assertThat(here.get("/transfers/peers"))
        .isEqualTo("{\"both\":\"bidirectional\",\"nobody\":\"disabled\",\"there\":\"installed\"}");
  }

  @Test
  void refuses_what_is_malformed_or_unknown() {
    for (String route : new String[] {"/transfers/pull", "/transfers/send", "/transfers/push"}) {
      assertThat(here.send("POST", route, bytes("{}")).status()).as(route).isEqualTo(400);
    }
    byte[] unknown = bytes("[{'Level':'Patient','ID':'" + PATIENT + "'}]");
    assertThat(here.send("POST", "/transfers/lookup", unknown).status()).isEqualTo(404);
    here.send("DELETE", "/peers/there", new byte[0]);
    assertThat(here.send("POST", "/transfers/pull", request("none")).status()).isEqualTo(404);
    assertThat(here.send("POST", "/transfers/send", request("gzip")).status()).isEqualTo(404);
    assertThat(here.send("POST", "/transfers/send", request("zip")).status()).isEqualTo(400);
  }

  @Test
  void a_push_by_hand_stores_all_or_nothing() {
    fill(here);
    String lookup =
        RunningApi.squeezed(
            here.send(
                "POST", "/transfers/lookup", bytes("[{'Level':'Instance','ID':'" + id(3) + "'}]")));
    String file = lookup.replaceAll(".*\"Instances\":\\[(.*?)\\].*", "$1");
    String size = file.replaceAll(".*\"Size\":\"(\\d+)\".*", "$1");
    String push =
        RunningApi.squeezed(
                there.send(
                    "POST",
                    "/transfers/push",
                    bytes(
                        "{'Compression':'none','Instances':["
                            + file
                            + "],'Buckets':[[{'ID':'"
                            + id(3)
                            + "','Offset':'0','Size':'"
                            + size
                            + "'}]]}")))
            .replaceAll(".*\"Path\":\"([^\"]+)\".*", "$1");
    byte[] bytes = RunningApi.dicom("P", 1, 1, 3, PIXELS);

    assertThat(there.send("POST", push + "/commit", new byte[0]).status()).isEqualTo(500);
    assertThat(there.send("PUT", push + "/0", new byte[3]).status()).isEqualTo(500);
    assertThat(there.send("PUT", push + "/1", bytes).status()).isEqualTo(400);
    assertThat(there.get("/instances")).isEqualTo("[]");
    assertThat(there.send("PUT", push + "/0", bytes).status()).isEqualTo(200);
    assertThat(there.send("POST", push + "/commit", new byte[0]).status()).isEqualTo(200);
    assertThat(there.get("/instances")).isEqualTo("[\"" + id(3) + "\"]");
    assertThat(there.send("DELETE", push, new byte[0]).status()).isEqualTo(404);
  }

  @Test
  void what_is_sent_arrives_compressed_or_not() {
    fill(here);
    for (String compression : new String[] {"gzip", "none"}) {
      there.send("DELETE", "/patients/" + PATIENT, new byte[0]);
      String job = ended(start("/transfers/send", compression));
      assertThat(job).contains("\"State\":\"Success\"", "\"Type\":\"PushTransfer\"");
      same();
    }
  }

  @Test
  void what_is_pulled_arrives_compressed_or_not() {
    fill(there);
    for (String compression : new String[] {"gzip", "none"}) {
      here.send("DELETE", "/patients/" + PATIENT, new byte[0]);
      String job = ended(start("/transfers/pull", compression));
      assertThat(job).contains("\"State\":\"Success\"", "\"Type\":\"PullTransfer\"");
      same();
    }
  }

  @Test
  void a_pull_that_is_paused_in_its_middle_goes_on() throws Exception {
    fill(there);
    relay.holdAfter(HALF);
    String job = start("/transfers/pull", "none");
    relay.awaitHolding();
    act(job, "pause");
    awaitPause(job);
    assertThat(here.get("/instances")).isEqualTo("[]");
    relay.open();
    act(job, "resume");

    assertThat(ended(job)).contains("\"State\":\"Success\"", "\"Progress\":100");
    same();
    nothingWaits("here");
  }

  @Test
  void a_send_that_is_paused_in_its_middle_goes_on() throws Exception {
    fill(here);
    relay.holdAfter(HALF);
    String job = start("/transfers/send", "none");
    relay.awaitHolding();
    act(job, "pause");
    awaitPause(job);
    assertThat(there.get("/instances")).isEqualTo("[]");
    relay.open();
    act(job, "resume");

    assertThat(ended(job)).contains("\"State\":\"Success\"", "\"Progress\":100");
    same();
    nothingWaits("there");
  }

  @Test
  void a_pull_that_is_cancelled_in_its_middle_leaves_nothing() throws Exception {
    fill(there);
    relay.holdAfter(HALF);
    String job = start("/transfers/pull", "none");
    relay.awaitHolding();
    act(job, "cancel");

    assertThat(ended(job)).contains("\"State\":\"Failure\"", "\"ErrorCode\":37");
    assertThat(here.get("/instances")).isEqualTo("[]");
    nothingWaits("here");
  }

  @Test
  void a_send_that_is_cancelled_in_its_middle_leaves_nothing() throws Exception {
    fill(here);
    relay.holdAfter(HALF);
    String job = start("/transfers/send", "none");
    relay.awaitHolding();
    act(job, "cancel");

    assertThat(ended(job)).contains("\"State\":\"Failure\"", "\"ErrorCode\":37");
    nothingWaits("there");
    assertThat(there.get("/instances")).isEqualTo("[]");
  }
}
