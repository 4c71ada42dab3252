package org.ithil.web.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forms posted to a route. */
class FormUploadTest {
  @TempDir Path folder;
  private final List<String> posted = new ArrayList<>();

  private Router router() {
    return new Router(
        List.of(
            Route.post(
                "/p",
                r -> {
                  String text = new String(r.body().readAllBytes(), StandardCharsets.ISO_8859_1);
                  posted.add(text);
                  if (text.equals("bad")) {
                    throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
                  }
                  return Answer.text("ok");
                }),
            Route.post("/lazy", r -> Answer.text("" + r.body().read()))),
        true,
        new Router.Forms(folder, 1000, 2, Duration.ofMinutes(1)),
        InstantSource.system());
  }

  private static Answer post(Router router, String path, String body, Map<String, String> more) {
    Map<String, String> fields = new HashMap<>(more);
    fields.putIfAbsent("Content-Type", "multipart/form-data; boundary=\"B\"");
    return router.answer(
        new Router.Incoming(
            "POST",
            path,
            null,
            Headers.of(fields),
            new ByteArrayInputStream(body.getBytes(StandardCharsets.ISO_8859_1)),
            "127.0.0.1",
            null));
  }

  private Answer post(String body) {
    return post(router(), "/p", body, Map.of());
  }

  @Test
  void each_part_is_posted_and_the_answer_is_empty() {
    Answer answer =
        post(
            "--B\r\n"
                + "Content-Type: x/y\r\n\r\n"
                + "one\r\n"
                + "--B\r\n\r\n\r\n"
                + "-Bx\r\n\r\n"
                + "--B  \r\n"
                + "a:b\r\n\r\n\r\n"
                + "--B--\r\n"
                + "z");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.type()).isNull();
    assertThat(answer.body()).isInstanceOf(Answer.Nothing.class);
    assertThat(posted).containsExactly("one", "\r\n-Bx\r\n", "");
  }

  @Test
  void the_first_part_that_fails_ends_it() {
    assertThat(post("--B\r\n\r\nbad\r\n--B\r\n\r\ntwo\r\n--B--").status()).isEqualTo(400);
    assertThat(posted).containsExactly("bad");
  }

  @Test
  void a_form_without_parts_is_fine_and_a_cut_one_is_not() {
    assertThat(post("--B--\r\n").status()).isEqualTo(200);
    assertThat(post("--B\r\n\r\none").status()).isEqualTo(400);
    assertThat(post("").status()).isEqualTo(400);
    assertThat(post("--B\r\nx").status()).isEqualTo(400);
    assertThat(posted).isEmpty();
  }

  @Test
  void heads_without_end_are_refused() {
    assertThat(post("--B\r\n" + "x".repeat(100_000)).status()).isEqualTo(400);
    assertThat(post("--B" + " ".repeat(100_000)).status()).isEqualTo(400);
  }

  @Test
  void what_a_route_leaves_of_a_part_is_skipped() {
    String body = "--B\r\n\r\n" + "a".repeat(200_000) + "\r\n--B\r\n\r\nb\r\n--B--";
    assertThat(post(router(), "/lazy", body, Map.of()).status()).isEqualTo(200);
  }

  @Test
  void without_boundary_it_is_an_ordinary_body() {
    post(router(), "/p", "x", Map.of("Content-Type", "multipart/form-data"));
    assertThat(posted).containsExactly("x");
  }

  @Test
  void a_file_in_pieces_is_posted_when_it_is_whole() throws IOException {
    Router router = router();
    Map<String, String> fields = Map.of("X-File-Name", "n", "X-File-Size", "7");
    assertThat(post(router, "/p", "--B\r\n\r\nabcd\r\n--B--", fields).status()).isEqualTo(200);
    assertThat(posted).isEmpty();
    assertThat(post(router, "/p", "--B\r\n\r\nefg\r\n--B--", fields).status()).isEqualTo(200);
    assertThat(posted).containsExactly("abcdefg");
    post(router, "/p", "--B\r\n\r\nabcd\r\n--B--", fields);
    router.close();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void pieces_that_a_killed_server_has_left_are_removed_at_start() throws IOException {
    Path left = Files.writeString(folder.resolve("form-123.part"), "abc");
    Path other = Files.writeString(folder.resolve("other"), "not ours");
    try (Router _ = router()) {
      assertThat(left).doesNotExist();
      assertThat(other).exists();
    }
  }

  @Test
  void pieces_are_removed_when_no_more_has_come_for_long() throws IOException {
    AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    try (FormUpload forms =
        new FormUpload(new Router.Forms(folder, 1000, 1, Duration.ofSeconds(1800)), now::get)) {
      Request piece =
          new Request(
              Method.POST,
              List.of("p"),
              Map.of(),
              List.of(),
              Arguments.parse(null),
              Headers.of(
                  Map.of(
                      "Content-Type",
                      "multipart/form-data; boundary=B",
                      "X-File-Name",
                      "n",
                      "X-File-Size",
                      "7")),
              new ByteArrayInputStream(
                  "--B\r\n\r\nabcd\r\n--B--".getBytes(StandardCharsets.ISO_8859_1)),
              "127.0.0.1",
              null);
      forms.run(piece, r -> Answer.text("ok"));
      now.set(Instant.EPOCH.plusSeconds(1799));
      forms.sweep();
      assertThat(folder).isNotEmptyDirectory();
      now.set(Instant.EPOCH.plusSeconds(1801));
      forms.sweep();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void only_so_many_files_may_wait_for_their_rest() {
    String body = "--B\r\n\r\nabcd\r\n--B--";
    try (Router router = router()) {
      for (int i = 0; i < 3; i++) {
        Map<String, String> fields = Map.of("X-File-Name", "n" + i, "X-File-Size", "7");
        assertThat(post(router, "/p", body, fields).status()).isEqualTo(i < 2 ? 200 : 503);
      }
    }
  }

  @Test
  void pieces_need_a_name_and_a_size_that_fits() {
    String body = "--B\r\n\r\nabcd\r\n--B--";
    for (Map<String, String> fields :
        List.of(
            Map.of("X-File-Name", "n"),
            Map.of("X-File-Size", "4"),
            Map.of("X-File-Name", "n", "X-File-Size", "many"),
            Map.of("X-File-Name", "n", "X-File-Size", "-1"),
            Map.of("X-File-Name", "n", "X-File-Size", "3"))) {
      assertThat(post(router(), "/p", body, fields).status()).isEqualTo(500);
    }
    assertThat(
            post(router(), "/p", body, Map.of("X-File-Name", "n", "X-File-Size", "1001")).status())
        .isEqualTo(413);
    assertThat(posted).isEmpty();
  }

  @Test
  void random_bodies_come_back_part_by_part_however_they_are_cut() throws IOException {
    Random random = new Random(3);
    for (int round = 0; round < 200; round++) {
      posted.clear();
      List<String> parts = new ArrayList<>();
      StringBuilder body = new StringBuilder();
      for (int n = random.nextInt(4); n > 0; n--) {
        StringBuilder part = new StringBuilder();
        for (int m = random.nextInt(round % 10 == 0 ? 60_000 : 30); m > 0; m--) {
          part.append("\r\n-B\r\n--x".charAt(random.nextInt(9)));
        }
        String text = part.toString().replace("\r\n--B", "");
        if (text.contains("\r\n--B")) {
          text = "";
        }
        parts.add(text);
        body.append("--B\r\n\r\n").append(text).append("\r\n");
      }
      post(body + "--B--\r\n");
      assertThat(posted.stream().filter(p -> !p.equals("bad")).toList()).isEqualTo(parts);
    }
  }

  @Test
  void noise_is_answered_by_some_status() {
    Random random = new Random(5);
    String alphabet = "--B\r\n\r\n: ax";
    for (int round = 0; round < 5000; round++) {
      StringBuilder body = new StringBuilder("--B\r\n");
      for (int m = random.nextInt(60); m > 0; m--) {
        body.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(post(body.toString()).status()).isIn(200, 400);
    }
  }
}
