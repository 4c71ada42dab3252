package org.ithil.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Route;
import org.ithil.web.route.Router;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are larger than all buffers, for clients that take their time. */
@Timeout(120)
class SlowReaderTest {
  private static final int SIZE = 64 << 20;
  private static final Duration REQUEST = Duration.ofSeconds(1);

  @TempDir Path folder;
  private final CountDownLatch over = new CountDownLatch(1);

  private HttpServer start(long minimumAnswerRate) throws IOException {
    HttpSettings.Patience usual = HttpSettings.Patience.DEFAULT;
    Files.write(folder.resolve("f"), new byte[SIZE]);
    HttpServer server =
        new HttpServer(
            HttpSettings.DEFAULT
                .withPort(0)
                .with(
                    new HttpSettings.Patience(
                        REQUEST,
                        usual.head(),
                        usual.rest(),
                        Duration.ZERO,
                        256,
                        minimumAnswerRate)),
            new Router(
                routes(),
                true,
                new Router.Forms(folder, 0, 1, Duration.ofMinutes(1)),
                InstantSource.system()));
    server.start();
    return server;
  }

  private List<Route> routes() {
    return List.of(
        Route.get(
            "/file",
            _ ->
                Answer.file(Files.newByteChannel(folder.resolve("f")), SIZE, "x/y")
                    .holding(over::countDown)),
        Route.get(
            "/stream",
            _ ->
                Answer.stream(
                        out -> {
                          for (int sent = 0; sent < SIZE; sent += 1 << 20) {
                            out.write(new byte[1 << 20]);
                          }
                        },
                        SIZE,
                        "x/y")
                    .holding(over::countDown)));
  }

  private static RawClient ask(HttpServer server, String path) throws IOException {
    RawClient client = new RawClient(server.port());
    client.socket.setSoTimeout(0);
    return client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/stream"})
  void a_client_that_is_slow_gets_all(String path) throws Exception {
    try (HttpServer server = start(64 << 10);
        RawClient client = ask(server, path)) {
      InputStream in = client.socket.getInputStream();
      long read = in.readNBytes(1000).length;
      Thread.sleep(REQUEST.multipliedBy(3));
      read += in.readNBytes(1000).length;
      Thread.sleep(REQUEST.multipliedBy(3));
      read += in.transferTo(java.io.OutputStream.nullOutputStream());
      assertThat(read).isBetween((long) SIZE, SIZE + 1000L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/file", "/stream"})
  void a_client_that_reads_nothing_is_given_up(String path) throws Exception {
    try (HttpServer server = start(1 << 30);
        RawClient _ = ask(server, path)) {
      over.await();
    }
  }
}
