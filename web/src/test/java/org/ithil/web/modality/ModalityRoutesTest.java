package org.ithil.web.modality;

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

/** Modalities that clients set, and requests about those that cannot be reached. */
class ModalityRoutesTest {
  @TempDir Path folder;
  private RunningApi api;
  private int closedPort;

  @BeforeEach
  void open() throws IOException {
    api = new RunningApi(folder);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    put("nobody", "[\"NOBODY\",\"127.0.0.1\"," + closedPort + "]");
  }

  @AfterEach
  void close() {
    api.close();
  }

  private Reply put(String name, String json) {
    return api.send("PUT", "/modalities/" + name, json.getBytes(StandardCharsets.UTF_8));
  }

  private Reply post(String path, String body) {
    return api.send("POST", path, body.getBytes(StandardCharsets.UTF_8));
  }

  private String stored() {
    api.post(RunningApi.dicom("P", 1, 1, 1));
    return ResourceId.ofInstance("P", "1.2.1", "1.2.1.1", "1.2.1.1.1").toString();
  }

  @Test
  void a_modality_that_was_set_is_there_until_it_is_removed() {
    assertThat(put("m", "{\"AET\":\"ÄÖ\",\"Host\":\"h\",\"Port\":\"104\"}").status())
        .isEqualTo(200);
    assertThat(api.get("/modalities")).isEqualTo("[\"m\",\"nobody\"]");
    assertThat(api.get("/modalities/m/configuration"))
        .contains("\"AET\":\"\\u00c4\\u00d6\"", "\"Port\":104");
    assertThat(api.send("DELETE", "/modalities/m", new byte[0]).status()).isEqualTo(200);
    assertThat(api.send("DELETE", "/modalities/m", new byte[0]).status()).isEqualTo(404);
    assertThat(api.get("/modalities")).isEqualTo("[\"nobody\"]");
  }

  @Test
  void a_wrong_definition_changes_nothing() {
    assertThat(put("nobody", "{\"AET\":\"X\",\"Host\":\"h\",\"Port\":70000}").status())
        .isEqualTo(400);
    assertThat(put("nobody", "{\"AET\":\"X\",\"Host\":\"h\",\"Port\":1,\"AllowEcho\":1}").status())
        .isEqualTo(400);
    assertThat(put("a%20b", "[\"X\",\"h\",1]").status()).isEqualTo(400);
    assertThat(api.get("/modalities/nobody/configuration")).contains("\"AET\":\"NOBODY\"");
  }

  @Test
  void unknown_modalities_and_resources_are_404() {
    String id = stored();
    String unknown = ResourceId.ofPatient("unknown").toString();
    for (String operation : new String[] {"echo", "store", "store-straight"}) {
      assertThat(post("/modalities/x/" + operation, id).status()).as(operation).isEqualTo(404);
    }
    assertThat(post("/modalities/nobody/store", unknown).status()).isEqualTo(404);
    assertThat(api.get("/jobs")).isEqualTo("[]");
  }

  @Test
  void a_modality_that_is_not_there_is_told_as_such() {
    String id = stored();
    String details = "connecting to AET \\\"NOBODY\\\": TCP Initialization Error";
    assertThat(post("/modalities/nobody/echo", "").body()).contains(details);
    Reply store = post("/modalities/nobody/store", id);
    assertThat(store.status()).isEqualTo(500);
    assertThat(store.body()).contains(details, "\"OrthancStatus\" : 9");
    Reply permissive =
        post("/modalities/nobody/store", "{\"Permissive\":true,\"Resources\":[\"" + id + "\"]}");
    assertThat(permissive.status()).isEqualTo(200);
  }

  @Test
  void what_is_sent_is_logged() {
    String id = stored();
    post("/modalities/nobody/store", id);
    assertThat(api.get("/exports"))
        .contains(
            "\"ID\":\"" + id + '"',
            "\"PatientID\":\"P\"",
            "\"RemoteModality\":\"nobody\"",
            "\"SOPInstanceUID\":\"1.2.1.1.1\"");
  }

  @Test
  void what_this_version_cannot_do_is_refused() {
    put("tls", "{\"AET\":\"X\",\"Host\":\"127.0.0.1\",\"Port\":9,\"UseDicomTls\":true}");
    Reply encrypted = post("/modalities/tls/echo", "{}");
    assertThat(encrypted.status()).isEqualTo(500);
    assertThat(encrypted.body()).contains("UseDicomTls", "\"OrthancStatus\" : 2");
    Reply commitment =
        post(
            "/modalities/nobody/store",
            "{\"StorageCommitment\":true,\"Resources\":[\"" + stored() + "\"]}");
    assertThat(commitment.body()).contains("Storage commitment is not supported");
  }
}
