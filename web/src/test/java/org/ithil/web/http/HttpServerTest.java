package org.ithil.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.ithil.web.route.Router;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the engine does with requests good and bad, seen from the socket. */
class HttpServerTest {
  private static final String CLOSE = "Connection: close\r\n";

  @TempDir Path folder;
  private final EngineRoutes routes = new EngineRoutes();
  private @Nullable HttpServer server;
  private int port;

  private void start(HttpSettings settings) throws IOException {
    server =
        new HttpServer(
            settings.withPort(0),
            new Router(
                routes.list(folder),
                true,
                new Router.Forms(folder, 0, 1, Duration.ofMinutes(1)),
                InstantSource.system()));
    server.start();
    port = server.port();
  }

  @BeforeEach
  void start() throws IOException {
    Files.write(folder.resolve("f"), new byte[100_010]);
    start(HttpSettings.DEFAULT);
  }

  @AfterEach
  void stop() {
    routes.go.countDown();
    server.close();
  }

  private void restart(HttpSettings settings) throws IOException {
    server.close();
    start(settings);
  }

  private static HttpSettings settings(
      @Nullable Map<String, String> users, long maximumBody, boolean compress, Duration head) {
    HttpSettings.Listening listening =
        new HttpSettings.Listening(List.of(), 0, List.of(), false, users);
    HttpSettings.Patience usual = HttpSettings.Patience.DEFAULT;
    HttpSettings.Patience patience =
        new HttpSettings.Patience(usual.request(), head, usual.rest(), usual.stop(), 256, 1 << 20);
    HttpSettings.Limits limits = new HttpSettings.Limits(32 << 10, maximumBody, 100);
    return new HttpSettings(listening, patience, limits, true, true, compress);
  }

  private String get(String path, String... fields) throws IOException {
    return RawClient.once(
        port,
        "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + CLOSE + String.join("", fields) + "\r\n");
  }

  @Test
  void answers_with_nosniff_and_without_a_server_header() throws IOException {
    assertThat(get("/text"))
        .startsWith("HTTP/1.1 200")
        .contains("Content-Type: text/plain\r\n", "Content-Length: 7\r\n")
        .contains("X-Content-Type-Options: nosniff\r\n")
        .doesNotContain("Server:", "Vary", "Cache-Control")
        .endsWith("\r\n\r\ndefault");
  }

  @Test
  void pipelined_requests_are_answered_in_turn() throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.send("GET /text HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.answer()).contains("200").endsWith("default");
      assertThat(client.answer()).contains("404").contains("\"Uri\" : \"/nothing\"");
    }
  }

  @Test
  void nothing_is_answered_behind_a_close() throws IOException {
    String answer =
        RawClient.once(
            port,
            "GET /text HTTP/1.1\r\nHost: x\r\n"
                + CLOSE
                + "\r\nGET /text HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answer).containsOnlyOnce("HTTP/1.1 200");
  }

  @Test
  void serves_HTTP_1_0() throws IOException {
    assertThat(RawClient.once(port, "GET /text HTTP/1.0\r\n\r\n"))
        .contains("200")
        .endsWith("default");
  }

  @Test
  void malformed_heads_are_400_with_an_error_body_and_close() throws IOException {
    for (String head :
        new String[] {
          "get-nothing\r\n\r\n",
          "\1\2\3\r\n\r\n",
          "GET /text HTTP/1.1\r\n\r\n",
          "GET /text HTTP/9.9\r\n\r\n",
          "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
          "POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
          "POST /count HTTP/1.1\r\n"
              + "Host: x\r\n"
              + "Content-Length: 3\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "0\r\n\r\n",
          "POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
          "GET /text HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"
        }) {
      assertThat(RawClient.once(port, head)).as(head).matches("(?s)HTTP/1.1 (400|505|501) .*");
    }
    assertThat(RawClient.once(port, "get-nothing\r\n\r\n"))
        .contains("Content-Type: text/plain", "X-Content-Type-Options: nosniff")
        .contains("\"HttpStatus\" : 400");
  }

  @Test
  void too_large_heads_are_431_or_414() throws IOException {
    assertThat(get("/text", "X-A: " + "a".repeat(70_000) + "\r\n")).startsWith("HTTP/1.1 431");
    assertThat(get("/text?a=" + "a".repeat(70_000))).startsWith("HTTP/1.1 414");
    assertThat(get("/text?a=" + "a".repeat(16_000))).startsWith("HTTP/1.1 200");
  }

  @Test
  void odd_paths_reach_the_router() throws IOException {
    assertThat(get("//tex%74/")).contains("200");
    assertThat(get("/x/..%2ftext?a=^|[]{}\"<>")).contains("200");
    assertThat(get("/./text;x")).contains("404").contains("\"Uri\" : \"/text;x\"");
    for (String path : new String[] {"/\u00c3\u00a9", "/%c3", "/a\\b"}) {
      assertThat(get(path)).as(path).contains("404");
    }
    assertThat(get("/%00%0d%0aX: y")).doesNotContain("\r\nX: y");
  }

  @Test
  void foreign_methods_are_404_and_unknown_ones_400_without_body() throws IOException {
    for (String method : new String[] {"HEAD", "OPTIONS", "PROPFIND"}) {
      assertThat(RawClient.once(port, method + " /text HTTP/1.1\r\nHost: x\r\n" + CLOSE + "\r\n"))
          .as(method)
          .startsWith("HTTP/1.1 404")
          .endsWith("\r\n\r\n");
    }
    for (String method : new String[] {"PATCH", "FOO", "get", "TRACE"}) {
      assertThat(RawClient.once(port, method + " /text HTTP/1.1\r\nHost: x\r\n" + CLOSE + "\r\n"))
          .as(method)
          .startsWith("HTTP/1.1 400")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void header_values_cannot_inject_others() throws IOException {
    assertThat(get("/header")).startsWith("HTTP/1.1").doesNotContain("\r\nX-Injected");
  }

  @Test
  void large_answers_are_streamed_whole() throws IOException {
    assertThat(get("/big")).contains("chunked").contains("49999");
    String stream = get("/stream");
    assertThat(stream).contains("Content-Length: 500000\r\n");
    assertThat(stream.length() - stream.indexOf("\r\n\r\n") - 4).isEqualTo(500_000);
  }

  @Test
  void files_are_sent_in_part_and_what_they_hold_is_released() throws Exception {
    String file = get("/file");
    assertThat(file).contains("Content-Length: 100000\r\n", "Content-Type: application/dicom");
    assertThat(file.length() - file.indexOf("\r\n\r\n") - 4).isEqualTo(100_000);
    routes.released.await();
    Files.write(folder.resolve("f"), new byte[10]);
    String cut = get("/file");
    assertThat(cut.length() - cut.indexOf("\r\n\r\n") - 4).isLessThan(100_000);
  }

  @Test
  void a_failure_while_a_short_answer_is_written_is_still_an_error() throws IOException {
    assertThat(get("/broken")).startsWith("HTTP/1.1 500").contains("\"OrthancStatus\"");
  }

  @Test
  void bodies_come_by_length_in_chunks_and_after_100_continue() throws IOException {
    assertThat(
            RawClient.once(
                port,
                "POST /count HTTP/1.1\r\nHost: x\r\n" + CLOSE + "Content-Length: 5\r\n\r\nhello"))
        .endsWith("\r\n\r\n5");
    assertThat(
            RawClient.once(
                port,
                "POST /count HTTP/1.1\r\nHost: x\r\n"
                    + CLOSE
                    + "Transfer-Encoding: chunked\r\n\r\n"
                    + "3;a=b\r\n"
                    + "abc\r\n"
                    + "2\r\n"
                    + "de\r\n"
                    + "0\r\n"
                    + "T: x\r\n\r\n"))
        .endsWith("\r\n\r\n5");
    assertThat(RawClient.once(port, "POST /count HTTP/1.1\r\nHost: x\r\n" + CLOSE + "\r\n"))
        .endsWith("\r\n\r\n0");
    try (RawClient client = new RawClient(port)) {
      client.send(
          "POST /count HTTP/1.1\r\nHost: x\r\n"
              + CLOSE
              + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.answer()).startsWith("HTTP/1.1 100");
      assertThat(client.send("hello").rest()).endsWith("\r\n\r\n5");
    }
  }

  @Test
  void a_body_that_nobody_reads_does_not_disturb_the_next_request() throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.send("POST /ignore HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
      client.send(new byte[200_000]);
      assertThat(client.answer()).endsWith("ignored");
      client.send("GET /text HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.answer()).endsWith("default");
    }
  }

  @Test
  void broken_chunks_and_cut_bodies_leave_the_server_answering() throws IOException {
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      try (RawClient client = new RawClient(port)) {
        switch (i % 3) {
          case 0 ->
              client.send("POST /count HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nabc");
          case 1 ->
              client.send(
                  "POST /count HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
          default -> {
            byte[] noise = new byte[random.nextInt(400)];
            random.nextBytes(noise);
            client.send(noise);
          }
        }
      }
    }
    assertThat(get("/text")).endsWith("default");
  }

  @Test
  void bodies_beyond_the_limit_are_413_without_body() throws IOException {
    restart(settings(null, 1000, false, Duration.ofSeconds(10)));
    byte[] body = new byte[50_000];
    try (RawClient client = new RawClient(port)) {
      client.send("POST /count HTTP/1.1\r\nHost: x\r\n" + CLOSE + "Content-Length: 50000\r\n\r\n");
      assertThat(client.send(body).rest()).startsWith("HTTP/1.1 413").endsWith("\r\n\r\n");
    }
    try (RawClient client = new RawClient(port)) {
      client.send(
          "POST /count HTTP/1.1\r\nHost: x\r\n"
              + CLOSE
              + "Transfer-Encoding: chunked\r\n\r\nc350\r\n");
      assertThat(client.send(body).send("\r\n0\r\n\r\n").rest())
          .startsWith("HTTP/1.1 413")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void a_streamed_body_may_have_exactly_as_many_bytes_as_allowed() throws IOException {
    restart(settings(null, 1000, false, Duration.ofSeconds(10)));
    String head = "POST /count HTTP/1.1\r\nHost: x\r\n" + CLOSE + "Transfer-Encoding: chunked\r\n";
    String most = head + "\r\n3e8\r\n" + "x".repeat(1000) + "\r\n0\r\n\r\n";
    assertThat(RawClient.once(port, most)).endsWith("\r\n\r\n1000");
    String more = head + "\r\n3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n";
    assertThat(RawClient.once(port, more)).startsWith("HTTP/1.1 413");
  }

  @Test
  void an_upload_under_way_is_told_that_the_server_stops() throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx");
      routes.entered.await();
      Thread stopping = Thread.startVirtualThread(() -> server.close());
      assertThat(client.rest()).startsWith("HTTP/1.1 503").contains("Connection: close");
      stopping.join();
    }
  }

  @Test
  void answers_are_compressed_for_those_who_ask_if_configured() throws IOException {
    assertThat(get("/big", "Accept-Encoding: gzip\r\n")).doesNotContain("Content-Encoding");
    restart(settings(null, 0, true, Duration.ofSeconds(10)));
    assertThat(get("/text", "Accept-Encoding: gzip\r\n")).doesNotContain("Content-Encoding");
    assertThat(get("/big", "Accept-Encoding: gzip;q=0\r\n")).doesNotContain("Content-Encoding");
    assertThat(get("/big", "Accept-Encoding: *\r\n")).doesNotContain("Content-Encoding");
    assertThat(get("/file", "Accept-Encoding: gzip\r\n")).doesNotContain("Content-Encoding");
    assertThat(get("/big", "Accept-Encoding: deflate\r\n")).contains("Content-Encoding: deflate");
    String gzip =
        RawClient.once(port, "GET /big HTTP/1.0\r\nAccept-Encoding: deflate, gzip\r\n\r\n");
    assertThat(gzip).contains("Content-Encoding: gzip");
    byte[] body =
        gzip.substring(gzip.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new GZIPInputStream(new ByteArrayInputStream(body)).transferTo(out);
    assertThat(out.toString(StandardCharsets.US_ASCII)).endsWith("49999\n]");
  }

  @Test
  void users_must_show_their_password_if_there_are_users() throws IOException {
    restart(settings(Map.of("a", "p:w"), 0, false, Duration.ofSeconds(10)));
    assertThat(get("/address"))
        .startsWith("HTTP/1.1 401")
        .contains("WWW-Authenticate: Basic realm=\"Orthanc Secure Area\"")
        .endsWith("\r\n\r\n");
    assertThat(get("/address", "Authorization: Basic YTpwOnc=\r\n")).endsWith("127.0.0.1a");
    assertThat(get("/address", "Authorization: Basic YTpw\r\n")).startsWith("HTTP/1.1 401");
    assertThat(get("/address", "Authorization: Basic %%%\r\n")).startsWith("HTTP/1.1 401");
  }

  @Test
  void a_head_that_comes_drop_by_drop_is_given_up() throws Exception {
    restart(settings(null, 0, false, Duration.ofMillis(500)));
    try (RawClient client = new RawClient(port)) {
      Thread drip =
          Thread.startVirtualThread(() -> {
            try {
              for (int i = 0; i < 200; i++) {
                client.send("G");
                Thread.sleep(100);
              }
            } catch (IOException | InterruptedException e) {
              // The server has closed the connection: what is waited for.
            }
          });
      assertThat(client.rest()).isEmpty();
      drip.interrupt();
    }
    assertThat(get("/text")).endsWith("default");
  }

  @Test
  void a_body_may_take_longer_than_a_head() throws Exception {
    restart(settings(null, 0, false, Duration.ofMillis(500)));
    try (RawClient client = new RawClient(port)) {
      client.send("POST /count HTTP/1.1\r\nHost: x\r\n" + CLOSE + "Content-Length: 4\r\n\r\n");
      for (int i = 0; i < 4; i++) {
        Thread.sleep(900);
        client.send("x");
      }
      assertThat(client.rest()).endsWith("\r\n\r\n4");
    }
  }

  @Test
  void a_connection_that_rests_is_closed() throws IOException {
    try (RawClient client = new RawClient(port)) {
      client.send("GET /text HTTP/1.1\r\nHost: x\r\n\r\n");
      assertThat(client.answer()).contains("Keep-Alive: timeout=1\r\n").endsWith("default");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void a_request_that_runs_is_finished_when_the_server_stops() throws Exception {
    try (RawClient client = new RawClient(port)) {
      client.send("GET /wait HTTP/1.1\r\nHost: x\r\n\r\n");
      routes.entered.await();
      Thread stopping = Thread.startVirtualThread(() -> server.close());
      routes.go.countDown();
      assertThat(client.answer()).endsWith("done");
      stopping.join();
    }
  }
}
