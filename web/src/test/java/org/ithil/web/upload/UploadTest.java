package org.ithil.web.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.web.ApiLimits;
import org.ithil.web.RunningApi;
import org.ithil.web.http.HttpSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken by {@code POST /instances}, and what is refused. */
class UploadTest {
  private static final long LIMIT = 1 << 20;

  @TempDir Path folder;
  private RunningApi api;

  @BeforeEach
  void start() throws IOException {
    api = new RunningApi(folder, IngestRules.DEFAULT, LIMIT);
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(api.send("GET", "/tools/now", new byte[0]).status()).isEqualTo(200);
    api.close();
    try (Stream<Path> spooled = Files.walk(folder.resolve(".spool"))) {
      assertThat(spooled.filter(Files::isRegularFile)).isEmpty();
    }
  }

  private static byte[] zip(Object... namesAndBytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (int i = 0; i < namesAndBytes.length; i += 2) {
        zip.putNextEntry(new ZipEntry((String) namesAndBytes[i]));
        zip.write((byte[]) namesAndBytes[i + 1]);
      }
    }
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }

  @Test
  void a_file_is_stored_and_then_known() {
    byte[] file = RunningApi.dicom("A", 1, 1, 1);
    assertThat(RunningApi.squeezed(api.post(file)))
        .startsWith("{\"ID\":\"")
        .endsWith("\"Status\":\"Success\"}");
    assertThat(RunningApi.squeezed(api.post(file))).endsWith("\"Status\":\"AlreadyStored\"}");
  }

  @Test
  void what_is_no_DICOM_is_refused_with_its_size() {
    RunningApi.Reply answer = api.post("hello".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Cannot parse an invalid DICOM file (size: 5 bytes)");
    assertThat(api.post(new byte[0]).body()).contains("Received an empty DICOM file");
  }

  @Test
  void an_archive_answers_its_instances_in_order() throws IOException {
    byte[] body =
        zip(
            "b", RunningApi.dicom("A", 1, 1, 2),
            "d/", new byte[0],
            "text", "hello".getBytes(StandardCharsets.UTF_8),
            "nested.zip", zip("x", RunningApi.dicom("A", 1, 1, 9)),
            "é", RunningApi.dicom("A", 1, 1, 1));
    String[] instances = RunningApi.squeezed(api.post(body)).split("\\},\\{");
    assertThat(instances).hasSize(2);
    assertThat(api.get("/statistics")).contains("\"CountInstances\":2");
    assertThat(RunningApi.squeezed(api.post(zip()))).isEqualTo("[]");
  }

  @Test
  void damaged_archives_are_refused() throws IOException {
    byte[] whole = zip("a", RunningApi.dicom("A", 1, 1, 1), "b", RunningApi.dicom("A", 1, 1, 2));
    assertThat(api.post(Arrays.copyOf(whole, whole.length / 2)).status()).isEqualTo(400);
    assertThat(api.post("PK\3\4 something else".getBytes(StandardCharsets.US_ASCII)).body())
        .contains("Cannot open ZIP archive");
    Random random = new Random(11);
    for (int i = 0; i < 200; i++) {
      byte[] damaged = whole.clone();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        damaged[4 + random.nextInt(damaged.length - 4)] = (byte) random.nextInt();
      }
      RunningApi.Reply reply = api.post(damaged);
      assertThat(reply.status()).as(reply.body()).isIn(200, 400);
    }
  }

  @Test
  void an_archive_with_a_file_whose_bytes_have_changed_is_refused_by_name() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] first = RunningApi.dicom("A", 1, 1, 1, 5000);
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setLevel(0); // the bytes lie there as they are: only the CRC-32 tells
      zip.putNextEntry(new ZipEntry("a"));
      zip.write(first);
      zip.putNextEntry(new ZipEntry("b"));
      zip.write(RunningApi.dicom("A", 1, 1, 2));
    }
    byte[] damaged = out.toByteArray();
    damaged[first.length - 100] ^= 1;
    RunningApi.Reply reply = api.post(damaged);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("CRC-32").contains(": a\"");
    assertThat(api.get("/instances")).isEqualTo("[]");
    assertThat(RunningApi.squeezed(api.post(out.toByteArray())).split("\\},\\{")).hasSize(2);
  }

  @Test
  void files_that_expand_beyond_the_limit_are_refused() throws IOException {
    byte[] bomb = RunningApi.dicom("A", 1, 1, 1, (int) LIMIT + 2);
    assertThat(api.post(zip("bomb", bomb)).status()).isEqualTo(400);
    assertThat(api.post(gzip(bomb), "Content-Encoding", "gzip").status()).isEqualTo(400);
    assertThat(api.get("/instances")).isEqualTo("[]");
    assertThat(api.post(bomb).status()).isEqualTo(200);
  }

  @Test
  void gzip_is_undone_if_it_is_declared() throws IOException {
    byte[] packed = gzip(RunningApi.dicom("A", 1, 1, 1));
    assertThat(api.post(packed).status()).isEqualTo(400);
    assertThat(api.post(packed, "Content-Encoding", "gzip").status()).isEqualTo(200);
    assertThat(api.post(RunningApi.dicom("A", 1, 1, 1), "Content-Encoding", "gzip").status())
        .isEqualTo(400);
    assertThat(
            api.post(Arrays.copyOf(packed, packed.length - 9), "Content-Encoding", "gzip").status())
        .isEqualTo(400);
    assertThat(
            api.post(gzip(zip("x", RunningApi.dicom("A", 1, 1, 2))), "Content-Encoding", "gzip")
                .body())
        .startsWith("[");
  }

  @Test
  void what_a_packed_body_unpacks_to_is_no_larger_than_a_body_may_be() throws IOException {
    api.close();
    api =
        new RunningApi(
            folder,
            IngestRules.DEFAULT,
            8 * LIMIT,
            HttpSettings.DEFAULT.with(new HttpSettings.Limits(32 << 10, LIMIT, 100)),
            ApiLimits.DEFAULT);
    byte[] file = RunningApi.dicom("A", 1, 1, 1, (int) LIMIT + 2);
    assertThat(api.post(gzip(file), "Content-Encoding", "gzip").status()).isEqualTo(413);
    assertThat(api.post(zip("x", file)).status()).isEqualTo(200);
  }

  @Test
  void a_form_stores_each_of_its_files() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 1; i <= 2; i++) {
      body.writeBytes(
          ("--B\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      body.writeBytes(RunningApi.dicom("A", 1, 1, i));
      body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
    body.writeBytes("--B--".getBytes(StandardCharsets.US_ASCII));
    RunningApi.Reply answer =
        api.post(body.toByteArray(), "Content-Type", "multipart/form-data; boundary=B");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(api.get("/statistics")).contains("\"CountInstances\":2");
  }

  @Test
  void truncated_and_random_bodies_never_break_the_server() {
    byte[] file = RunningApi.dicom("A", 1, 1, 1, 100);
    Random random = new Random(13);
    for (int i = 0; i < 300; i++) {
      byte[] body = Arrays.copyOf(file, random.nextInt(file.length));
      if (body.length > 0) {
        body[random.nextInt(body.length)] = (byte) random.nextInt();
      }
      assertThat(api.post(body).status()).isIn(200, 400, 404);
    }
  }
}
