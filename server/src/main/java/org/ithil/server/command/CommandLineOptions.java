package org.ithil.server.command;

import java.nio.file.Path;
import java.util.List;
import org.ithil.server.logging.LogOptions;

/**
 * What the command line asks for.
 *
 * @param task what to do
 * @param configuration files and folders, in order
 * @param logs the log
 * @param loadJobs whether jobs of the last run are taken up again
 * @param unknown options that nothing is known about, as they were written
 */
public record CommandLineOptions(
    Task task, List<Path> configuration, LogOptions logs, boolean loadJobs, List<String> unknown) {

  /** What to do. */
  public sealed interface Task {}

  /** Start the server. */
  public record Serve() implements Task {}

  /**
   * Start the server on throw-away data, ask it a few things, and stop: the launcher trains the JVM
   * with it.
   */
  public record Rehearse() implements Task {}

  /** Bring the database to the schema of this version, then stop. */
  public record Upgrade() implements Task {}

  /** Print a text and stop. */
  public record Print(String text) implements Task {}

  /** Write a sample configuration and stop; {@code -} is the standard output. */
  public record WriteSample(String target) implements Task {}

  /** Print the error codes and stop. */
  public record ListErrors() implements Task {}

  public CommandLineOptions {
    configuration = List.copyOf(configuration);
    unknown = List.copyOf(unknown);
  }
}
