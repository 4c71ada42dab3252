package org.ithil.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Route;
import org.ithil.web.route.Router;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server for this machine alone, without passwords, does not answer to any name: that of a web
 * page may come to mean this machine.
 */
class HostNamesTest {
  @TempDir Path folder;

  private HttpServer start(HttpSettings settings) throws IOException {
    HttpServer server =
        new HttpServer(
            settings.withPort(0),
            new Router(
                List.of(Route.get("/text", r -> Answer.text("patients"))),
                true,
                new Router.Forms(folder, 0, 1, Duration.ofMinutes(1)),
                InstantSource.system()));
    server.start();
    return server;
  }

  private static String get(HttpServer server, String host) throws IOException {
    return RawClient.once(
        server.port(), "GET /text HTTP/1.1\r\nConnection: close\r\nHost: " + host + "\r\n\r\n");
  }

  @Test
  void addresses_and_names_that_no_stranger_can_own_are_answered() throws IOException {
    try (HttpServer server = start(HttpSettings.DEFAULT)) {
      for (String host :
          List.of(
              "127.0.0.1:8042",
              "localhost:8042",
              "LOCALHOST.",
              "pacs.localhost",
              "[::1]:8042",
              "192.168.1.2",
              "orthanc:8042",
              "x")) {
        assertThat(get(server, host)).as(host).endsWith("patients");
      }
      assertThat(RawClient.once(server.port(), "GET /text HTTP/1.0\r\n\r\n")).endsWith("patients");
    }
  }

  @Test
  void foreign_names_are_refused_with_the_key_that_lets_them_in() throws IOException {
    try (HttpServer server = start(HttpSettings.DEFAULT)) {
      for (String host :
          List.of("evil.example:8042", "127.0.0.1.evil.example", "localhost.evil.example.")) {
        assertThat(get(server, host))
            .as(host)
            .startsWith("HTTP/1.1 403")
            .contains("HttpHostNames")
            .doesNotContain("patients");
      }
    }
  }

  private static HttpSettings named(String name) {
    return HttpSettings.DEFAULT.with(
        new HttpSettings.Listening(List.of(), 0, List.of(name), false, null));
  }

  @Test
  void names_that_are_set_are_answered() throws IOException {
    HttpSettings settings = named("Pacs.example");
    try (HttpServer server = start(settings)) {
      assertThat(get(server, "pacs.EXAMPLE:80")).endsWith("patients");
      assertThat(get(server, "evil.example")).startsWith("HTTP/1.1 403");
    }
    try (HttpServer server = start(named("*"))) {
      assertThat(get(server, "evil.example")).endsWith("patients");
    }
  }
}
