package org.ithil.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ithil.bench.report.Measure;

/**
 * What the command line asks for.
 *
 * @param only name of the one product to measure, or empty for both
 * @param phases which loads are measured
 * @param write the file that gets the table, or empty
 */
record Options(
    int rounds,
    int files,
    int requests,
    int jobs,
    String only,
    Set<Measure> phases,
    Path ithil,
    Path reference,
    String write) {
  static final String USAGE =
      """
      bench/run [--rounds 3] [--files 1000] [--requests 10000] [--jobs 10000] [--only ithil|orthanc]
                [--phases POST_1,POST_8,STORE_1,STORE_4,TAGS_8,ARCHIVE,ANONYMIZE,SEND,JOBS]
                [--ithil ./ithil] [--orthanc /usr/sbin/Orthanc] [--write docs/bench.md]
      """;

  static Options parse(List<String> arguments) {
    Map<String, String> given = new TreeMap<>();
    given.put("--rounds", "3");
    given.put("--files", "1000");
    given.put("--requests", "10000");
    given.put("--only", "");
    given.put("--phases", "POST_1,POST_8,STORE_1,STORE_4,TAGS_8,ARCHIVE,ANONYMIZE,SEND,JOBS");
    given.put("--jobs", "10000");
    given.put("--ithil", "./ithil");
    given.put("--orthanc", "/usr/sbin/Orthanc");
    given.put("--write", "");
    for (int i = 0; i < arguments.size(); i += 2) {
      if (i + 1 == arguments.size()
          || given.replace(arguments.get(i), arguments.get(i + 1)) == null) {
        throw new IllegalArgumentException("not understood: " + arguments.get(i));
      }
    }
    return new Options(
        Integer.parseInt(given.get("--rounds")),
        Integer.parseInt(given.get("--files")),
        Integer.parseInt(given.get("--requests")),
        Integer.parseInt(given.get("--jobs")),
        given.get("--only"),
        Arrays.stream(given.get("--phases").split(","))
            .map(Measure::valueOf)
            .collect(Collectors.toSet()),
        Path.of(given.get("--ithil")).toAbsolutePath().normalize(),
        Path.of(given.get("--orthanc")),
        given.get("--write"));
  }
}
