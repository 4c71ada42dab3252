package org.ithil.server;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.ithil.archive.Archive;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.server.command.CommandLineException;
import org.ithil.server.command.CommandLineOptions;
import org.ithil.server.command.CommandLineOptions.ListErrors;
import org.ithil.server.command.CommandLineOptions.Print;
import org.ithil.server.command.CommandLineOptions.Rehearse;
import org.ithil.server.command.CommandLineOptions.Serve;
import org.ithil.server.command.CommandLineOptions.Upgrade;
import org.ithil.server.command.CommandLineOptions.WriteSample;
import org.ithil.server.command.CommandLineReader;
import org.ithil.server.configuration.Configuration;
import org.ithil.server.configuration.ConfigurationException;
import org.ithil.server.configuration.ConfigurationFiles;
import org.ithil.server.configuration.KeyTable;
import org.ithil.server.configuration.SampleConfiguration;
import org.ithil.server.configuration.ServerConfiguration;
import org.ithil.server.logging.Logging;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a command line asks for. */
final class Program {
  /** The exit status after a start that failed. */
  static final int FAILED = 255;

  private static final Logger LOG = LoggerFactory.getLogger(Program.class);
  private static final Logger LIFE = LoggerFactory.getLogger(Logging.LIFE);

  private final PrintStream out;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> environment;

  Program(PrintStream out, PrintStream err, UnaryOperator<@Nullable String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /** The exit status. */
  int run(String... arguments) {
    try {
      CommandLineOptions options =
          new CommandLineReader(
                  "Ithil "
                      + Version.OWN
                      + " (REST API of Orthanc "
                      + ServerConfiguration.REFERENCE_VERSION
                      + ")")
              .read(arguments);
      return run(options);
    } catch (CommandLineException | ConfigurationException | IndexException e) {
      return failure(e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("the server failed", e);
      return failure("internal error: " + e);
    } catch (IOException e) {
      return failure(e.getMessage() != null ? e.getMessage() : e.toString());
    } finally {
      out.flush();
      Logging.stop();
    }
  }

  private int failure(@Nullable String message) {
    err.println("ithil: " + message);
    return FAILED;
  }

  private int run(CommandLineOptions options) throws IOException {
    Logging.configure(options.logs());
    options
        .unknown()
        .forEach(option -> LOG.warn("unknown option of the command line, ignored: {}", option));
    switch (options.task()) {
      case Print(String text) -> out.print(text);
      case ListErrors() -> listErrors();
      case WriteSample(String target) -> writeSample(target);
      case Serve() -> serve(options);
      case Upgrade() -> upgrade(options);
      case Rehearse() -> Rehearsal.run();
    }
    return 0;
  }

  private void serve(CommandLineOptions options) throws IOException {
    ConfigurationFiles files = new ConfigurationFiles(KeyTable.load(), environment);
    Configuration configuration = files.read(options.configuration());
    configuration.warnings().forEach(LOG::warn);
    ServerConfiguration all = ServerConfiguration.of(configuration);
    ServerConfiguration meaning = options.loadJobs() ? all : all.withoutEarlierJobs();
    StopSignal stop =
        StopSignal.install(() -> reread(files, options.configuration(), configuration));
    try (RunningServer server = RunningServer.start(meaning)) {
      LIFE.info(
          "Ithil {} is ready: HTTP port {}, DICOM port {}, storage {}",
          Version.OWN,
          port(server.httpPort()),
          port(server.dicomPort()),
          meaning.archive().storageFolder().toAbsolutePath().normalize());
      out.print(Greeting.of(meaning, server.httpPort(), server.dicomPort()));
      out.flush();
      stop.await();
      LIFE.info("Ithil stops");
      out.println("Ithil stops.");
      out.flush();
    }
    LIFE.info("Ithil has stopped");
  }

  private static String port(OptionalInt port) {
    return port.isPresent() ? Integer.toString(port.getAsInt()) : "off";
  }

  /**
   * A running server keeps its configuration: SIGHUP only tells whether a restart would change
   * something.
   */
  private static void reread(ConfigurationFiles files, List<Path> paths, Configuration now) {
    try {
      Configuration next = files.read(paths);
      ServerConfiguration.of(next);
      LOG.warn(
          next.saysTheSameAs(now)
              ? "SIGHUP: the configuration has not changed"
              : "SIGHUP: the configuration has changed; restart the server for it to count");
    } catch (ConfigurationException e) {
      LOG.error(
          "SIGHUP: the configuration is wrong and the server would not start with it: {}",
          e.getMessage());
    }
  }

  private void upgrade(CommandLineOptions options) throws IOException {
    Configuration configuration =
        new ConfigurationFiles(KeyTable.load(), environment).read(options.configuration());
    ServerConfiguration meaning = ServerConfiguration.of(configuration);
    try (Archive archive =
        RunningServer.openArchive(
            meaning, new DefaultCharacterSet(meaning.encoding()), Clock.systemUTC())) {
      out.println("The database in " + archive.configuration().indexFolder() + " is up to date.");
    }
  }

  private void listErrors() {
    out.println("Error codes of the REST API (OrthancStatus, HTTP status, OrthancError):");
    for (ErrorCode code : ErrorCode.values()) {
      out.printf("%5d  %3d  %s%n", code.number(), code.status(), code.text());
    }
  }

  private void writeSample(String target) throws IOException {
    String sample = SampleConfiguration.text(KeyTable.load());
    if (target.equals("-")) {
      out.print(sample);
    } else {
      try {
        Files.writeString(Path.of(target), sample);
      } catch (FileSystemException e) {
        throw new IOException(
            "the file " + target + " cannot be written (" + e.getClass().getSimpleName() + ")", e);
      }
    }
  }
}
