package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged survives SIGKILL, and nothing is visible by halves. */
@Tag("process")
class KilledServerTest {
  private static final int CONNECTIONS = 8;
  private static final int ROUNDS = 4;
  private static final int ACKNOWLEDGED_PER_ROUND = 150;

  @TempDir Path folder;
  private final Map<String, SyntheticImage> sent = new ConcurrentHashMap<>();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final AtomicInteger numbers = new AtomicInteger();

  @Test
  void loses_nothing_that_was_acknowledged() {
    Launch launch = Launch.in(folder);
    for (int round = 1; round <= ROUNDS; round++) {
      try (RunningServer server = launch.start()) {
        check(server);
        loadUntilKilled(server, round * ACKNOWLEDGED_PER_ROUND);
      }
    }
    try (RunningServer server = launch.start()) {
      check(server);
      assertThat(server.http().post("/instances", next().file()).status()).isEqualTo(200);
    }
  }

  private void loadUntilKilled(RunningServer server, int enough) {
    var over = new AtomicBoolean();
    try (ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS)) {
      for (int i = 0; i < CONNECTIONS; i++) {
        senders.submit(() -> load(server, over));
      }
      RunningServer.eventually(Duration.ofSeconds(120), () -> acknowledged.size() >= enough);
      server.kill();
      over.set(true);
    }
    assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(enough);
  }

  private void load(RunningServer server, AtomicBoolean over) {
    try {
      while (!over.get()) {
        SyntheticImage image = next();
        sent.put(image.id(), image);
        if (server.http().post("/instances", image.file()).status() == 200) {
          acknowledged.add(image.id());
        }
      }
    } catch (UncheckedIOException e) {
      over.set(true); // the server was killed
    }
  }

  /** Of several series and studies, so that parents come into being under load; two sizes. */
  private SyntheticImage next() {
    int n = numbers.incrementAndGet();
    return new SyntheticImage(n / 20, n / 5 % 4, n, n % 3 == 0 ? 512 : 64, 1);
  }

  private void check(RunningServer server) {
    Set<String> listed = Set.copyOf(server.http().get("/instances").strings());
    assertThat(listed).containsAll(acknowledged);
    assertThat(sent.keySet()).containsAll(listed);
    for (String id : listed) {
      assertThat(server.http().get("/instances/" + id + "/file").body())
          .isEqualTo(sent.get(id).file());
      assertThat(server.http().get("/instances/" + id + "/tags").status()).isEqualTo(200);
    }
    for (String level : new String[] {"series", "studies", "patients"}) {
      int instances = 0;
      for (String id : server.http().get("/" + level).strings()) {
        var children = server.http().get("/" + level + "/" + id + "/instances");
        int count = ((java.util.List<?>) children.json()).size();
        assertThat(count).as("instances of %s %s", level, id).isPositive();
        instances += count;
      }
      assertThat(instances).as("instances of all %s", level).isEqualTo(listed.size());
    }
    assertThat(server.http().get("/statistics").text("CountInstances"))
        .isEqualTo(Integer.toString(listed.size()));
  }
}
