package org.ithil.conformance.compat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.ithil.conformance.process.Launch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every step of the scenarios in {@code scenarios.txt}, against the recordings. A step of {@code
 * must-pass.txt} has to agree; a step of docs/deviations.md has to differ; any other may do either:
 * it is skipped with its difference as the reason when it differs, and named in {@code
 * target/could-be-added.txt} when it agrees.
 */
@Tag("process")
class CompatTest {
  @TestFactory
  List<DynamicTest> agrees_with_the_recordings() throws IOException {
    CompatTool tool = CompatTool.find().orElse(null);
    if (tool == null) {
      abort("shared/compat/compat.py or python3 is missing: the scenarios were not played");
    }
    List<String> scenarios = lines("scenarios.txt");
    Set<String> mustPass = new TreeSet<>(lines("must-pass.txt"));
    Set<String> deviating = Deviations.read(page());
    Set<String> judged = tool.judged(scenarios);
    Map<String, String> differences = play(tool, scenarios);

    List<DynamicTest> tests = new ArrayList<>();
    for (String step : judged) {
      tests.add(dynamicTest(step, () -> judge(step, differences.get(step), mustPass, deviating)));
    }
    tests.add(dynamicTest("lists name steps that exist", () -> named(judged, mustPass, deviating)));
    Set<String> addable = new TreeSet<>(judged);
    addable.removeAll(differences.keySet());
    addable.removeAll(mustPass);
    addable.removeAll(deviating);
    Files.write(Path.of("target/could-be-added.txt"), addable);
    System.out.println(addable.size() + " steps could be added to must-pass.txt: " + addable);
    return tests;
  }

  /**
   * Plays ordinary scenarios on one server and the others on one each; where the script breaks off,
   * its last words are the difference of every step.
   */
  private static Map<String, String> play(CompatTool tool, List<String> scenarios)
      throws IOException {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (String s : scenarios) {
      groups.computeIfAbsent(s.startsWith("config-") ? s : "", g -> new ArrayList<>()).add(s);
    }
    Map<String, String> differences = new LinkedHashMap<>();
    for (var group : groups.entrySet()) {
      String log =
          "compat" + group.getKey().replaceFirst("^config", "").replace("*", "all") + ".txt";
      try {
        differences.putAll(tool.differences(group.getValue(), Path.of("target", log)));
      } catch (IOException e) {
        tool.judged(group.getValue()).forEach(step -> differences.put(step, e.getMessage()));
      }
    }
    return differences;
  }

  private static void judge(
      String step,
      @org.jspecify.annotations.Nullable String difference,
      Set<String> mustPass,
      Set<String> deviating) {
    if (deviating.contains(step)) {
      assertTrue(difference != null, "agrees, though docs/deviations.md says that it deviates");
    } else if (difference != null && mustPass.contains(step)) {
      fail(difference);
    } else if (difference != null) {
      abort("not yet: " + difference);
    }
  }

  private static void named(Set<String> judged, Set<String> mustPass, Set<String> deviating) {
    Set<String> unknown = new TreeSet<>(mustPass);
    unknown.removeAll(judged);
    assertEquals(Set.of(), unknown, "of must-pass.txt, not played");
    unknown.addAll(deviating);
    unknown.removeAll(judged);
    unknown.removeIf(s -> judged.stream().noneMatch(j -> j.startsWith(scenario(s))));
    assertEquals(Set.of(), unknown, "of docs/deviations.md, not among the steps of its scenario");
    Set<String> both = new TreeSet<>(mustPass);
    both.retainAll(deviating);
    assertEquals(Set.of(), both, "both must pass and deviate");
  }

  private static String scenario(String step) {
    return step.substring(0, step.indexOf('/') + 1);
  }

  private static String page() throws IOException {
    Path page = Launch.sourceTree().resolve("docs/deviations.md");
    return Files.exists(page) ? Files.readString(page) : "";
  }

  /** The lines of a list that are neither empty nor a comment. */
  private static List<String> lines(String resource) throws IOException {
    try (var in = CompatTest.class.getResourceAsStream("/" + resource)) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(l -> !l.isEmpty() && !l.startsWith("#"))
          .toList();
    }
  }
}
