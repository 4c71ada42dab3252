package org.ithil.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Route;
import org.ithil.web.route.Router;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the HTTP server writes to the log. */
class AccessLogTest {
  @TempDir Path folder;
  private final CountDownLatch entered = new CountDownLatch(1);
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();
  private @Nullable HttpServer server;
  private int port;

  private void start(@Nullable Map<String, String> users) throws IOException {
    HttpSettings settings =
        HttpSettings.DEFAULT.with(
            new HttpSettings.Listening(List.of(), 0, List.of(), false, users));
    List<Route> routes =
        List.of(
            Route.get("/text", r -> Answer.text("default")),
            Route.post(
                "/slow",
                r -> {
                  r.body().read();
                  entered.countDown();
                  return Answer.text("" + r.body().readAllBytes().length);
                }));
    server =
        new HttpServer(
            settings,
            new Router(
                routes,
                true,
                new Router.Forms(folder, 0, 1, java.time.Duration.ofMinutes(1)),
                InstantSource.system()));
    server.start();
    port = server.port();
  }

  @AfterEach
  void stop() {
    ((Logger) LoggerFactory.getLogger("org.ithil.web")).detachAppender(appender);
    server.close();
  }

  private String get(String path, String... fields) throws IOException {
    return RawClient.once(
        port,
        "GET "
            + path
            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            + String.join("", fields)
            + "\r\n");
  }

  @Test
  void what_a_client_does_not_send_is_logged_in_one_line_without_a_stack() throws Exception {
    start(null);
    List<ILoggingEvent> events = logged();
    try (RawClient client = new RawClient(port)) {
      client.send("POST /slow?name=Doe&x HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nx");
      entered.await();
      client.socket.shutdownOutput();
      client.rest();
    }
    server.close();
    List<String> lines = events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(events)
        .noneMatch(e -> e.getLevel().isGreaterOrEqual(Level.WARN) || e.getThrowableProxy() != null);
    assertThat(lines).anyMatch(line -> line.startsWith("the client did not send the whole body"));
  }

  @Test
  void each_request_leaves_a_line_that_names_no_patient() throws IOException {
    start(Map.of("a", "w"));
    List<ILoggingEvent> events = logged();
    assertThat(get("/text?PatientID=Doe&y", "Authorization: Basic YTp3\r\n")).endsWith("default");
    assertThat(get("/text")).startsWith("HTTP/1.1 401");
    assertThat(get("/text", "Authorization: Basic YTp4\r\n")).startsWith("HTTP/1.1 401");
    assertThat(get("/text", "Authorization: Basic eDp4\r\n")).startsWith("HTTP/1.1 401");
    server.close();
    List<String> lines = events.stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines)
        .anyMatch(
            line -> line.matches("GET /text\\?PatientID=\\.\\.\\.&y: 200, 7 bytes in \\d+ ms"))
        .anyMatch(line -> line.startsWith("GET /text: 401, 0 bytes"))
        .contains("login refused: no name and password given")
        .contains("login refused: wrong password of a")
        .contains("login refused: unknown user")
        .noneMatch(line -> line.contains("Doe"));
  }

  /** What the HTTP server writes to the log from now on. */
  private List<ILoggingEvent> logged() {
    Logger logger = (Logger) LoggerFactory.getLogger("org.ithil.web");
    logger.setLevel(Level.INFO);
    appender.list = new CopyOnWriteArrayList<>();
    appender.start();
    logger.addAppender(appender);
    return appender.list;
  }
}
