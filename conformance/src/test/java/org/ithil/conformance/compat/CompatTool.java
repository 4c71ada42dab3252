package org.ithil.conformance.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ithil.conformance.process.Json;
import org.ithil.conformance.process.Launch;

/** The script that starts a server, plays scenarios and prints what differs from the recordings. */
record CompatTool(Path folder) {
  private static final Pattern FAILED = Pattern.compile("FAIL ([\\w-]+/\\S+)(?:  (.*))?");
  private static final Pattern SUMMARY = Pattern.compile("(\\d+) passed, (\\d+) failed");
  private static final Pattern SCENARIO = Pattern.compile("([\\w-]+): .*");
  private static final long MINUTES = 12;

  /** The script beside the source tree, if it is there and Python can run it. */
  static Optional<CompatTool> find() {
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      Path script = p.resolve("shared/compat/compat.py");
      if (Files.isReadable(script)) {
        return Optional.of(new CompatTool(script.getParent())).filter(CompatTool::hasPython);
      }
    }
    return Optional.empty();
  }

  private boolean hasPython() {
    try {
      return new ProcessBuilder("python3", "-c", "").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** The steps of scenarios that a recording judges, in order: {@code scenario/step}. */
  Set<String> judged(List<String> scenarios) throws IOException {
    Set<String> steps = new LinkedHashSet<>();
    String scenario = "";
    Set<String> recorded = Set.of();
    for (String line : output(Path.of("target/compat-list.txt"), "list", scenarios)) {
      Matcher m = SCENARIO.matcher(line);
      if (m.matches()) {
        scenario = m.group(1);
        Path recording = folder.resolve("expected").resolve(scenario + ".json");
        recorded = names(recording);
      } else if (line.startsWith("    ")) {
        String step = line.strip().split(" ", 2)[0];
        if (recorded.contains(step)) {
          steps.add(scenario + "/" + step);
        }
      }
    }
    return steps;
  }

  private static Set<String> names(Path recording) throws IOException {
    Set<String> names = new LinkedHashSet<>();
    if (Json.parse(Files.readAllBytes(recording)) instanceof Map<?, ?> steps) {
      steps.keySet().forEach(k -> names.add(k.toString()));
    }
    return names;
  }

  /** Plays scenarios; gives the steps that differ, each with its request and its differences. */
  Map<String, String> differences(List<String> scenarios, Path log) throws IOException {
    List<String> lines = output(log, "run", scenarios);
    Map<String, String> found = new LinkedHashMap<>();
    String current = "";
    boolean complete = false;
    for (String line : lines) {
      Matcher failed = FAILED.matcher(line);
      if (failed.matches()) {
        current = failed.group(1);
        found.put(current, failed.group(2) == null ? "" : failed.group(2));
      } else if (line.startsWith("      ") && !current.isEmpty()) {
        found.merge(current, line.strip(), (a, b) -> a + "\n" + b);
      }
      complete |= SUMMARY.matcher(line).matches();
    }
    if (!complete) {
      String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
      throw new IOException("the scenarios did not run to their end:\n" + tail);
    }
    return found;
  }

  private List<String> output(Path log, String verb, List<String> scenarios) throws IOException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("python3", folder.resolve("compat.py").toString(), verb, "-v"));
    command.addAll(List.of("--server", "'" + Launch.launcher() + "' {CONFIG}"));
    command.addAll(scenarios);
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
        throw new IOException("compat.py runs for more than " + MINUTES + " minutes");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
    }
    return Files.readAllLines(log);
  }
}
