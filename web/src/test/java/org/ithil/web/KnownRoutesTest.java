package org.ithil.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/rest-extensions.md names every route that the reference's description does not have. */
class KnownRoutesTest {
  /** What the reference serves, and its description leaves out. */
  private static final String UNDESCRIBED = "[A-Z]+ /(app/.*|favicon.ico|transfers/.*)?";

  @TempDir Path folder;

  @Test
  void what_the_reference_does_not_describe_is_in_the_documentation() throws IOException {
    Path description = above("shared/reference/orthanc-openapi.json");
    Set<String> documented = documented(above("docs/rest-extensions.md"));
    Set<String> beyond = new TreeSet<>();
    try (RunningApi api = new RunningApi(folder)) {
      beyond.addAll(api.routes());
    }
    beyond.removeAll(described(description));
    beyond.removeIf(route -> route.matches(UNDESCRIBED));
    assertThat(documented).containsExactlyInAnyOrderElementsOf(beyond);
  }

  private static Path above(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve(name))) {
      at = at.getParent();
    }
    Assumptions.assumeTrue(at != null, name + " is not there");
    return at.resolve(name);
  }

  private static Set<String> described(Path description) throws IOException {
    JsonValue paths;
    try (var in = Files.newInputStream(description)) {
      JsonValue all = new JsonReader(64 << 20).read(in);
      paths = ((JsonValue.Members) all).get("paths");
    }
    return ((JsonValue.Members) paths)
        .members().entrySet().stream().flatMap(KnownRoutesTest::routes).collect(Collectors.toSet());
  }

  private static Stream<String> routes(Map.Entry<String, JsonValue> path) {
    return ((JsonValue.Members) path.getValue())
        .members().keySet().stream()
            .map(method -> method.toUpperCase(Locale.ROOT) + " " + squeezed(path.getKey()));
  }

  private static String squeezed(String path) {
    return path.replaceAll("\\{[^}]*\\}", "{}").replaceAll("/\\*$", "/{}");
  }

  /** The first cells of the table of routes, as `GET /path`. */
  private static Set<String> documented(Path page) throws IOException {
    List<String> lines = Files.readAllLines(page);
    return lines.stream()
        .filter(line -> line.matches("\\| `(GET|PUT|POST|DELETE) /.*"))
        .flatMap(line -> Stream.of(line.split("\\|")[1].strip().split(", ")))
        .map(route -> squeezed(route.replace("`", "")))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
