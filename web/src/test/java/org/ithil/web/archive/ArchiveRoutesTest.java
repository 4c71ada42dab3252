package org.ithil.web.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.web.RunningApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ArchiveRoutesTest {
  private static final ResourceId STUDY = ResourceId.ofStudy("P", "1.2.1");

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

  private record Got(int statusCode, byte[] body, HttpURLConnection connection) {
    String header(String name) {
      return connection.getHeaderField(name);
    }
  }

  private Got get(String path) throws IOException {
    var connection =
        (HttpURLConnection)
            URI.create("http://127.0.0.1:" + api.port() + path).toURL().openConnection();
    int status = connection.getResponseCode();
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return new Got(status, in.readAllBytes(), connection);
    }
  }

  private static List<String> names(byte[] zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
        names.add(e.getName());
      }
    }
    return names;
  }

  private void store(int instances, int pixels) {
    for (int n = 1; n <= instances; n++) {
      assertThat(api.post(RunningApi.dicom("P", 1, 1, n, pixels)).status()).isEqualTo(200);
    }
  }

  @Test
  void an_archive_is_sent_and_is_a_job_without_output() throws Exception {
    store(3, 1000);
    Got answer = get("/studies/" + STUDY + "/archive?filename=a%22b.zip");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/zip");
    assertThat(answer.header("Content-Disposition")).isEqualTo("filename=\"ab.zip\"");
    assertThat(names(answer.body()))
        .containsExactly(
            "P - Name^P/Unknown Study/OT/OT000001.dcm",
            "P - Name^P/Unknown Study/OT/OT000002.dcm",
            "P - Name^P/Unknown Study/OT/OT000003.dcm");
    await("\"State\":\"Success\"");
    String jobs = api.get("/jobs?expand");
    assertThat(jobs).contains("\"Type\":\"Archive\"", "\"InstancesCount\":3");
    String id = jobs.replaceAll("(?s).*\"ID\":\"([^\"]*)\".*", "$1");
    assertThat(get("/jobs/" + id + "/archive").statusCode()).isEqualTo(404);
  }

  /** The job ends a moment after its answer. */
  private void await(String text) throws InterruptedException {
    while (!api.get("/jobs?expand").contains(text)) {
      Thread.sleep(5);
    }
  }

  @Test
  void an_asynchronous_archive_is_the_output_of_its_job() throws Exception {
    store(2, 10);
    RunningApi.Reply reply =
        api.send(
            "POST",
            "/studies/" + STUDY + "/media",
            "{\"Asynchronous\":true,\"Filename\":\"m.zip\"}".getBytes(StandardCharsets.UTF_8));
    String path = RunningApi.squeezed(reply).replaceAll(".*\"Path\":\"([^\"]*)\".*", "$1");
    await("\"State\":\"Success\"");
    Got output = get(path + "/archive");
    assertThat(names(output.body())).containsExactly("IMAGES/IM0", "IMAGES/IM1", "DICOMDIR");
    assertThat(output.header("Content-Disposition")).isEqualTo("filename=\"m.zip\"");
  }

  @Test
  void a_client_that_goes_away_ends_the_job() throws Exception {
    store(40, 400_000);
    // Noise would be better, but what is sent is larger than all buffers anyway.
    try (Socket socket = new Socket("127.0.0.1", api.port())) {
      socket.setReceiveBufferSize(1024);
      OutputStream out = socket.getOutputStream();
      out.write(
          ("GET /studies/" + STUDY + "/archive HTTP/1.1\r\nHost: localhost\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      socket.setSoLinger(true, 0);
    }
    while (api.get("/jobs?expand").contains("\"State\":\"Running\"")) {
      Thread.sleep(5);
    }
    assertThat(api.get("/jobs?expand")).containsAnyOf("\"State\":\"Failure\"", "\"Success\"");
    assertThat(names(get("/studies/" + STUDY + "/archive").body())).hasSize(40);
  }

  /** An archive that is larger than all buffers between its job and a client. */
  private ResourceId storeNoise(int instances) throws IOException {
    Random random = new Random(7);
    for (int n = 1; n <= instances; n++) {
      byte[] noise = new byte[2_000_000];
      random.nextBytes(noise);
      byte[] uid = ("1.2.3." + n + (n < 10 ? "\0" : "")).getBytes(StandardCharsets.US_ASCII);
      byte[] file =
          RunningApi.dicom(
              "1.2.840.10008.1.2.1",
              List.of(
                  new Element(Tag.SOPInstanceUID, Vr.UI, new Value.Bytes(uid)),
                  new Element(Tag.PixelData, Vr.OB, new Value.Bytes(noise))));
      assertThat(api.post(file).status()).isEqualTo(200);
    }
    return ResourceId.ofStudy("P", "1.2");
  }

  @Test
  void clients_that_do_not_read_keep_no_job_from_running() throws Exception {
    ResourceId study = storeNoise(20);
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Socket client = new Socket("127.0.0.1", api.port());
      client
          .getOutputStream()
          .write(
              ("GET /studies/" + study + "/archive HTTP/1.0\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      clients.add(client);
    }
    for (Socket client : clients) {
      assertThat(client.getInputStream().read()).isEqualTo('H');
    }
    api.send(
        "POST",
        "/studies/" + study + "/archive",
        "{\"Asynchronous\":true}".getBytes(StandardCharsets.UTF_8));
    await("\"State\":\"Success\"");
    assertThat(api.get("/jobs?expand")).contains("\"State\":\"Running\"");
    for (Socket client : clients) {
      byte[] rest = client.getInputStream().readAllBytes();
      String text = new String(rest, StandardCharsets.ISO_8859_1);
      int body = text.indexOf("\r\n\r\n") + 4;
      assertThat(names(Arrays.copyOfRange(rest, body, rest.length))).hasSize(20);
      client.close();
    }
  }

  @Test
  void what_cannot_be_transcoded_is_told_before_anything_is_sent() throws Exception {
    store(1, 10);
    Got answer = get("/studies/" + STUDY + "/archive?transcode=1.2.840.10008.1.2.4.70");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).contains("without a codec");
    assertThat(get("/studies/" + STUDY + "/archive?transcode=1.2.3").statusCode()).isEqualTo(400);
  }

  @Test
  void unknown_resources_are_told() throws Exception {
    store(1, 10);
    assertThat(get("/series/" + STUDY + "/archive").statusCode()).isEqualTo(404);
    assertThat(get("/instances/" + STUDY + "/archive").statusCode()).isEqualTo(404);
    assertThat(get("/tools/create-archive?resources=" + STUDY + ",x").statusCode()).isEqualTo(404);
    assertThat(get("/tools/create-archive").statusCode()).isEqualTo(400);
    assertThat(names(get("/tools/create-archive?resources=" + STUDY).body())).hasSize(1);
  }
}
