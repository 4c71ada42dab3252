package org.ithil.server.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.ithil.server.command.CommandLineOptions.ListErrors;
import org.ithil.server.command.CommandLineOptions.Print;
import org.ithil.server.command.CommandLineOptions.Rehearse;
import org.ithil.server.command.CommandLineOptions.Serve;
import org.ithil.server.command.CommandLineOptions.Task;
import org.ithil.server.command.CommandLineOptions.Upgrade;
import org.ithil.server.command.CommandLineOptions.WriteSample;
import org.ithil.server.logging.LogCategory;
import org.ithil.server.logging.LogOptions;
import org.ithil.server.logging.LogOptions.Level;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/**
 * Reads the command line. It is that of the reference server, so that scripts and service files
 * written for it work. Unknown options are kept apart instead of refused, as they may be meant for
 * something that Ithil does not have.
 */
public final class CommandLineReader {
  private static final String NAME_OF_FILE = "FILE";

  private final String version;
  private final CommandLine line;

  /**
   * @param version what {@code --version} prints
   */
  public CommandLineReader(String version) {
    this.version = version;
    this.line = new CommandLine(spec());
    line.setUnmatchedArgumentsAllowed(true);
    line.setUsageHelpWidth(100);
    line.setUsageHelpAutoWidth(false);
  }

  /**
   * Reads.
   *
   * @throws CommandLineException if an option lacks its value
   */
  public CommandLineOptions read(String... arguments) {
    ParseResult found;
    try {
      found = line.parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      throw new CommandLineException(String.valueOf(e.getMessage()));
    }
    List<Path> configuration = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String text : found.matchedPositionalValue(0, List.<String>of())) {
      configuration.add(Path.of(text));
    }
    found.unmatched().forEach(unknown::add);
    return new CommandLineOptions(
        task(found), configuration, logs(found), !found.hasMatchedOption("--no-jobs"), unknown);
  }

  private Task task(ParseResult found) {
    if (found.hasMatchedOption("--help")) {
      return new Print(line.getUsageMessage());
    }
    if (found.hasMatchedOption("--version")) {
      return new Print(version + "\n");
    }
    if (found.hasMatchedOption("--errors")) {
      return new ListErrors();
    }
    String sample = found.matchedOptionValue("--config", (String) null);
    if (sample != null) {
      return new WriteSample(sample);
    }
    if (found.hasMatchedOption("--rehearse")) {
      return new Rehearse();
    }
    return found.hasMatchedOption("--upgrade") ? new Upgrade() : new Serve();
  }

  /** Levels are set from left to right, so {@code --verbose} takes back what stood before it. */
  private static LogOptions logs(ParseResult found) {
    LogOptions logs =
        new LogOptions(
            java.util.Map.of(),
            path(found, "--logfile"),
            path(found, "--logdir"),
            !found.hasMatchedOption("--logs-no-thread"),
            !found.hasMatchedOption("--logs-no-context"));
    for (String argument : found.originalArgs()) {
      switch (argument) {
        case "--verbose" -> logs = logs.withAll(Level.VERBOSE);
        case "--trace" -> logs = logs.withAll(Level.TRACE);
        default -> {
          for (LogCategory category : LogCategory.values()) {
            if (argument.equals("--verbose-" + category.word())) {
              logs = logs.with(category, Level.VERBOSE);
            } else if (argument.equals("--trace-" + category.word())) {
              logs = logs.with(category, Level.TRACE);
            }
          }
        }
      }
    }
    return logs;
  }

  private static @Nullable Path path(ParseResult found, String option) {
    String value = found.matchedOptionValue(option, (String) null);
    return value == null ? null : Path.of(value);
  }

  private static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("ithil");
    spec.usageMessage()
        .description(
            "Starts the DICOM server Ithil.",
            "",
            "CONFIG is a JSON file, or a folder of which all *.json files are read; several are"
                + " merged. Without one, files and index are kept in ./ithil-data, HTTP is served"
                + " on port 8042 of this machine only, DICOM on port 4242 with AE title ITHIL.",
            "")
        .sortOptions(false)
        .sortSynopsis(false)
        .abbreviateSynopsis(true)
        .customSynopsis("ithil [OPTION]... [CONFIG]...")
        .footer(
            "",
            "--verbose-CATEGORY and --trace-CATEGORY set the level of one category: "
                + Arrays.stream(LogCategory.values())
                    .map(LogCategory::word)
                    .collect(Collectors.joining(", "))
                + ".",
            "Levels are set from left to right: --verbose takes back what stood before it.",
            "JAVA_OPTS and ITHIL_JAVA_OPTS are handed to the Java machine, say JAVA_OPTS=-Xmx2g.",
            "Exit status: 0 after a clean stop, 255 if the server cannot start.");
    flag(spec, "print this help and stop", "--help");
    flag(spec, "print the version and stop", "--version");
    value(
        spec,
        NAME_OF_FILE,
        "write a sample configuration with all keys and stop (- prints it)",
        "--config");
    flag(spec, "print the error codes of the REST API and stop", "--errors");
    flag(spec, "bring the database to this version and stop", "--upgrade");
    flag(spec, "do not take up the jobs of the last run again", "--no-jobs");
    value(
        spec,
        NAME_OF_FILE,
        "log to the end of this file instead of the standard error output",
        "--logfile");
    value(spec, "FOLDER", "log to a new file in this folder", "--logdir");
    flag(spec, "leave the context out of the log", "--logs-no-context");
    flag(spec, "leave the names of threads out of the log", "--logs-no-thread");
    flag(spec, "log what the server does", "--verbose");
    flag(spec, "log everything", "--trace");
    for (LogCategory category : LogCategory.values()) {
      spec.addOption(OptionSpec.builder("--verbose-" + category.word()).hidden(true).build());
      spec.addOption(OptionSpec.builder("--trace-" + category.word()).hidden(true).build());
    }
    spec.addOption(OptionSpec.builder("--rehearse").hidden(true).build());
    spec.addPositional(
        PositionalParamSpec.builder()
            .paramLabel("CONFIG")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .description("configuration files and folders")
            .build());
    return spec;
  }

  private static void flag(CommandSpec spec, String description, String name) {
    spec.addOption(OptionSpec.builder(name).description(description).build());
  }

  private static void value(CommandSpec spec, String label, String description, String name) {
    spec.addOption(
        OptionSpec.builder(name)
            .paramLabel(label)
            .arity("1")
            .type(String.class)
            .description(description)
            .build());
  }
}
