package org.ithil.conformance.blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.ithil.conformance.process.Launch;
import org.ithil.conformance.process.RestClient;
import org.ithil.conformance.process.RunningServer;
import org.ithil.conformance.synthetic.SyntheticImage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that make new instances of a whole study, of servers that are killed. */
@Tag("process")
class KilledModificationTest {
  private static final int INSTANCES = 1000;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path folder;
  private final Set<String> sources = new TreeSet<>();
  private String study = "";
  private String job = "";

  @BeforeEach
  void fill() {
    try (RunningServer server = launch("killed").start()) {
      fill(server.http());
    }
  }

  private Launch launch(String name) {
    return Launch.in(folder.resolve(name));
  }

  private void fill(RestClient http) {
    for (int i = 0; i < INSTANCES; i++) {
      SyntheticImage image = SyntheticImage.small(1, i % 3, i);
      assertThat(http.post("/instances", image.file()).status()).isEqualTo(200);
      sources.add(image.id());
    }
    study = http.get("/studies").strings().getFirst();
  }

  private void submit(RestClient http, String action, String fields) {
    RestClient.Answer answer =
        http.post(
            "/studies/" + study + "/" + action,
            ("{\"Asynchronous\":true" + fields + "}").getBytes(StandardCharsets.UTF_8));
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    job = answer.text("Path");
  }

  private static int count(RestClient http) {
    return Integer.parseInt(http.get("/statistics").text("CountInstances"));
  }

  private boolean isOver(RestClient http) {
    return http.get(job).text("State").equals("Success");
  }

  /** Starts the server, and kills it as soon as there is such a number of instances. */
  private void killWhen(IntPredicate instances) {
    try (RunningServer server = launch("killed").start()) {
      killWhen(server, instances);
    }
  }

  private void killWhen(RunningServer server, IntPredicate instances) {
    RestClient http = server.http();
    assertThat(RunningServer.eventually(LIMIT, () -> instances.test(count(http)) || isOver(http)))
        .isTrue();
    server.kill();
  }

  private void awaitEnd(RunningServer server) {
    assertThat(RunningServer.eventually(LIMIT, () -> isOver(server.http())))
        .as("%s", server.http().get(job))
        .isTrue();
  }

  /** The new instances: for each, its number by the source it was made of. */
  private static Map<String, String> made(RestClient http, String newStudy, String trace) {
    Map<String, String> made = new TreeMap<>();
    Object list = http.get("/studies/" + newStudy + "/instances").json();
    for (Object each : (List<?>) list) {
      Map<?, ?> instance = (Map<?, ?>) each;
      String source = String.valueOf(instance.get(trace));
      assertThat(made.put(source, String.valueOf(instance.get("IndexInSeries")))).isNull();
    }
    return made;
  }

  private static String newStudy(RestClient http, String job) {
    Object content = ((Map<?, ?>) http.get(job).json()).get("Content");
    return String.valueOf(((Map<?, ?>) content).get("ID"));
  }

  @Test
  void a_modification_comes_out_as_if_nothing_had_happened() {
    String fields = ",\"Replace\":{\"StudyDescription\":\"again\"}";
    Map<String, String> undisturbed;
    try (RunningServer server = launch("undisturbed").start()) {
      fill(server.http());
      submit(server.http(), "modify", fields);
      awaitEnd(server);
      undisturbed = made(server.http(), newStudy(server.http(), job), "ModifiedFrom");
    }
    assertThat(undisturbed.keySet()).isEqualTo(sources);

    try (RunningServer server = launch("killed").start()) {
      submit(server.http(), "modify", fields);
      killWhen(server, count -> count >= INSTANCES * 5 / 4);
    }
    killWhen(count -> count >= INSTANCES * 7 / 4);
    try (RunningServer server = launch("killed").start()) {
      awaitEnd(server);
      RestClient http = server.http();
      assertThat(made(http, newStudy(http, job), "ModifiedFrom")).isEqualTo(undisturbed);
      assertThat(count(http)).isEqualTo(2 * INSTANCES);
      assertThat(
              RunningServer.eventually(LIMIT, () -> server.storedFiles().size() == 2 * INSTANCES))
          .as("%s files", server.storedFiles().size())
          .isTrue();
    }
  }

  @Test
  void an_anonymization_that_does_not_keep_its_source_loses_nothing_and_leaves_nothing() {
    try (RunningServer server = launch("killed").start()) {
      submit(server.http(), "anonymize", ",\"KeepSource\":false");
      killWhen(server, count -> count >= INSTANCES * 3 / 2);
    }
    // Then while it removes the sources.
    int[] most = {0};
    killWhen(count -> {
      most[0] = Math.max(most[0], count);
      return most[0] > INSTANCES * 7 / 4 && count < most[0];
    });
    try (RunningServer server = launch("killed").start()) {
      awaitEnd(server);
      RestClient http = server.http();
      assertThat(made(http, newStudy(http, job), "AnonymizedFrom").keySet()).isEqualTo(sources);
      assertThat(http.get("/studies/" + study).status()).isEqualTo(404);
      assertThat(count(http)).isEqualTo(INSTANCES);
      assertThat(RunningServer.eventually(LIMIT, () -> server.storedFiles().size() == INSTANCES))
          .as("%s files", server.storedFiles().size())
          .isTrue();
    }
  }
}
