package org.ithil.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.stream.Stream;

/** The page docs/bench.md around a measured table. */
final class Page {
  private Page() {}

  static String text(Options options, String table) {
    return """
    # Measured

    `bench/run --write docs/bench.md`, %s, on %d cores (%s), JDK %s, %s: medians of %d round(s), the two servers in \
    turn, each on an empty storage of the same disk, both with `SyncStorageArea`. Images are CT slices of 525 kB, %d a \
    phase; the load generators share the cores with the servers. "Times better" is larger for a higher rate and for a \
    lower cost. `orthanc` is Debian's %s.

    %s\
    """
        .formatted(
            LocalDate.now(java.time.ZoneOffset.UTC),
            Runtime.getRuntime().availableProcessors(),
            processor(),
            Runtime.version().feature(),
            System.getProperty("os.name"),
            options.rounds(),
            options.files(),
            version(options.reference()),
            table);
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(l -> l.startsWith("model name"))
          .findFirst()
          .map(l -> l.substring(l.indexOf(':') + 1).strip())
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String version(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      String first = process.inputReader().readLine();
      process.destroy();
      return first == null ? "package" : first.replaceFirst("^\\S+\\s+", "");
    } catch (IOException e) {
      return "package";
    }
  }
}
