package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.Requester;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand hostile requests leave the server as it was: answering, and holding nothing. */
@Tag("process")
class HostileRequestsTest {
  private static final int CLIENTS = 8;
  private static final int WARM_UP = 1_000;
  private static final int REQUESTS = 10_000;

  @TempDir Path folder;

  @Test
  void leave_the_server_answering_and_clean()
      throws IOException, InterruptedException, ExecutionException {
    Launch launch = Launch.in(folder).key("DicomScpTimeout", "5");
    try (RunningServer server = launch.start()) {
      var hostile = new HostileRequests(server.httpPort(), server.dicomPort());
      send(hostile, 0, WARM_UP);
      assertUsable(server, 1);
      int threads = settled(server::threads);
      int files = settled(server::openFiles);

      send(hostile, WARM_UP, WARM_UP + REQUESTS);
      assertThat(server.isAlive()).as(server.logTail()).isTrue();

      assertUsable(server, 2);
      assertThat(back(server::threads, threads + 8)).as("threads, were %d", threads).isTrue();
      assertThat(back(server::openFiles, files + 8)).as("open files, were %d", files).isTrue();
      assertWhole(server);
    }
  }

  private static void send(HostileRequests hostile, int from, int to)
      throws InterruptedException, ExecutionException {
    try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> sent = new ArrayList<>();
      for (int n = from; n < to; n++) {
        int number = n;
        sent.add(
            clients.submit(() -> {
              hostile.send(number);
              return number;
            }));
      }
      for (Future<?> f : sent) {
        f.get();
      }
    }
  }

  private static void assertUsable(RunningServer server, int number) throws IOException {
    var image = SyntheticImage.small(number, 1, 1);
    assertThat(server.http().post("/instances", image.file()).status()).isEqualTo(200);
    try (var requester = new Requester(server.dicomPort(), SyntheticImage.SOP_CLASS)) {
      assertThat(requester.store(SyntheticImage.small(number, 2, 1))).isZero();
      requester.release();
    }
    assertThat(server.http().get("/instances/" + image.id() + "/file").body())
        .isEqualTo(image.file());
  }

  /** Whatever was accepted on the way can be read; when it is deleted, no file stays behind. */
  private static void assertWhole(RunningServer server) {
    for (String id : server.http().get("/instances").strings()) {
      assertThat(server.http().get("/instances/" + id + "/file").status()).as(id).isEqualTo(200);
      assertThat(server.http().get("/instances/" + id + "/tags").status()).as(id).isEqualTo(200);
    }
    for (String id : server.http().get("/patients").strings()) {
      assertThat(server.http().delete("/patients/" + id).status()).as(id).isEqualTo(200);
    }
    RunningServer.eventually(Duration.ofSeconds(60), () -> server.storedFiles().isEmpty());
    assertThat(server.storedFiles()).isEmpty();
  }

  private interface Gauge {
    int read();
  }

  /** The value of a gauge once it has stopped falling. */
  private static int settled(Gauge gauge) {
    int[] last = {Integer.MAX_VALUE, 0};
    RunningServer.eventually(
        Duration.ofSeconds(20),
        () -> {
          int now = gauge.read();
          last[1] = now < last[0] ? 0 : last[1] + 1;
          last[0] = Math.min(last[0], now);
          return last[1] > 20;
        });
    return last[0];
  }

  private static boolean back(Gauge gauge, int most) {
    return RunningServer.eventually(Duration.ofSeconds(60), () -> gauge.read() <= most);
  }
}
