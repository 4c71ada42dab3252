package org.ithil.web.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.RunningApi;
import org.ithil.web.RunningApi.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Peers that clients set, and what they are asked for. */
class PeerRoutesTest {
  private static final String UNKNOWN = ResourceId.ofPatient("unknown").toString();

  @TempDir Path folder;
  private RunningApi api;
  private RunningApi other;

  @BeforeEach
  void open() throws IOException {
    api = new RunningApi(folder.resolve("here"));
    other = new RunningApi(folder.resolve("there"));
    put("other", "[\"http://127.0.0.1:" + other.port() + "\"]");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      put("nobody", "[\"http://127.0.0.1:" + socket.getLocalPort() + "/\"]");
    }
  }

  @AfterEach
  void close() {
    api.close();
    other.close();
  }

  private Reply put(String name, String json) {
    return api.send("PUT", "/peers/" + name, json.getBytes(StandardCharsets.UTF_8));
  }

  private Reply post(String path, String body) {
    return api.send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  private String stored(int number) {
    api.post(RunningApi.dicom("P", 1, 1, number, 1000));
    return ResourceId.ofInstance("P", "1.2.1", "1.2.1.1", "1.2.1.1." + number).toString();
  }

  @Test
  void a_peer_that_was_set_is_there_until_it_is_removed() {
    assertThat(put("p", "{\"Url\":\"http://h:1\",\"Username\":\"u\"}").status()).isEqualTo(200);
    assertThat(api.get("/peers")).isEqualTo("[\"nobody\",\"other\",\"p\"]");
    assertThat(api.get("/peers/p/configuration"))
        .contains("\"Url\":\"http://h:1/\"", "\"Username\":\"u\"");
    assertThat(api.get("/peers?expand")).contains("\"p\":{", "\"Url\":\"http://h:1/\"");
    assertThat(api.send("DELETE", "/peers/p", new byte[0]).status()).isEqualTo(200);
    assertThat(api.send("DELETE", "/peers/p", new byte[0]).status()).isEqualTo(404);
    assertThat(api.get("/peers")).isEqualTo("[\"nobody\",\"other\"]");
  }

  @Test
  void passwords_and_the_values_of_header_fields_are_never_shown() {
    put(
        "p",
        "{\"Url\":\"http://alice:hidden1@h/\",\"Username\":\"u\",\"Password\":\"hidden2\","
            + "\"HttpHeaders\":{\"Token\":\"hidden3\"}}");
    assertThat(api.get("/peers/p/configuration")).contains("\"Token\"").doesNotContain("hidden");
    assertThat(api.get("/peers?expand")).doesNotContain("hidden");
  }

  @Test
  void a_wrong_definition_changes_nothing() {
    String before = api.get("/peers/other/configuration");
    for (String wrong :
        new String[] {"[]", "[\"ftp://h/\"]", "{\"Url\":7}", "[\"http://h\",\"u\"]"}) {
      assertThat(put("other", wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(put("a%20b", "[\"http://h\"]").status()).isEqualTo(400);
    assertThat(api.get("/peers/other/configuration")).isEqualTo(before);
  }

  @Test
  void unknown_peers_and_resources_are_404() {
    String id = stored(1);
    for (String operation : new String[] {"store", "store-straight"}) {
      assertThat(post("/peers/x/" + operation, id).status()).as(operation).isEqualTo(404);
    }
    assertThat(api.send("GET", "/peers/x/system", new byte[0]).status()).isEqualTo(404);
    assertThat(post("/peers/other/store", UNKNOWN).status()).isEqualTo(404);
  }

  @Test
  void a_peer_tells_what_it_is_or_that_nobody_answers() {
    assertThat(api.get("/peers/other/system")).isEqualTo(other.get("/system"));
    Reply nobody = api.send("GET", "/peers/nobody/system", new byte[0]);
    assertThat(nobody.status()).isEqualTo(500);
    assertThat(nobody.body()).contains("Couldn't connect to server");
  }

  @Test
  void what_is_stored_at_a_peer_arrives_as_it_is() {
    String id = stored(1);
    String second = stored(2);
    Reply stored = post("/peers/other/store", "[\"" + id + "\",\"" + second + "\"]");

    assertThat(stored.status()).isEqualTo(200);
    assertThat(RunningApi.squeezed(stored))
        .contains("\"InstancesCount\":2", "\"FailedInstancesCount\":0");
    for (String one : new String[] {id, second}) {
      assertThat(other.send("GET", "/instances/" + one + "/file", new byte[0]).body())
          .isEqualTo(api.send("GET", "/instances/" + one + "/file", new byte[0]).body());
    }
  }

  @Test
  void a_job_that_cannot_reach_its_peer_says_so() {
    String body =
        "{\"Resources\":[\"" + stored(1) + "\"],\"Asynchronous\":true,\"Permissive\":false}";
    String id =
        RunningApi.squeezed(post("/peers/nobody/store", body))
            .replaceAll(".*\"ID\":\"([^\"]+)\".*", "$1");
    api.get("/jobs/" + id + "/events"); // until it has ended
    assertThat(api.get("/jobs/" + id))
        .contains("\"State\":\"Failure\"", "\"ErrorCode\":9", "Couldn'tconnecttoserver");
  }

  @Test
  void a_file_goes_straight_to_a_peer_and_its_answer_comes_back() {
    byte[] file = RunningApi.dicom("Q", 2, 2, 2);
    Reply straight = api.send("POST", "/peers/other/store-straight", file);
    assertThat(straight.status()).isEqualTo(200);
    assertThat(straight.body()).contains("\"Status\" : \"Success\"");
    assertThat(other.get("/instances")).isNotEqualTo("[]");
    assertThat(api.get("/instances")).isEqualTo("[]");

    Reply refused = api.send("POST", "/peers/other/store-straight", new byte[] {1, 2, 3});
    assertThat(refused.status()).isEqualTo(500);
    assertThat(refused.body()).contains("Cannot send DICOM to remote peer: other");
  }
}
