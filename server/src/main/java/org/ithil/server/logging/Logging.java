package org.ithil.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** Sets the log up, in code: no logging configuration is read from anywhere else. */
public final class Logging {
  /** The logger of the start and the end of the server, which log files always tell. */
  public static final String LIFE = "org.ithil.server.life";

  private Logging() {}

  /**
   * Replaces whatever was set up before.
   *
   * @throws IOException if the file or folder cannot be written to
   */
  public static void configure(LogOptions options) throws IOException {
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    Path file = file(options);
    if (file != null
        && !Files.isWritable(Files.exists(file) ? file : file.toAbsolutePath().getParent())) {
      throw new IOException("the log file " + file + " cannot be written");
    }
    context.reset();
    OutputStreamAppender<ILoggingEvent> appender = file == null ? console() : file(file);
    LogLine layout = new LogLine(options, ZoneId.systemDefault());
    layout.setContext(context);
    layout.start();
    LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setLayout(layout);
    encoder.start();
    appender.setContext(context);
    appender.setName("log");
    appender.setEncoder(encoder);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    for (LogCategory category : LogCategory.values()) {
      for (String prefix : category.prefixes()) {
        context
            .getLogger(prefix)
            .setLevel(level(options.levels().getOrDefault(category, LogOptions.Level.DEFAULT)));
      }
    }
    // A terminal sees both without the log.
    context.getLogger(LIFE).setLevel(file == null ? null : Level.INFO);
  }

  /** Writes what is still held back, and closes files. */
  public static void stop() {
    ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
  }

  static Level level(LogOptions.Level level) {
    return switch (level) {
      case DEFAULT -> Level.WARN;
      case VERBOSE -> Level.INFO;
      case TRACE -> Level.TRACE;
    };
  }

  private static OutputStreamAppender<ILoggingEvent> console() {
    ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
    appender.setTarget("System.err");
    return appender;
  }

  private static OutputStreamAppender<ILoggingEvent> file(Path file) {
    FileAppender<ILoggingEvent> appender = new FileAppender<>();
    appender.setFile(file.toString());
    appender.setAppend(true);
    return appender;
  }

  private static @org.jspecify.annotations.Nullable Path file(LogOptions options)
      throws IOException {
    if (options.file() != null) {
      return options.file();
    }
    Path folder = options.folder();
    if (folder == null) {
      return null;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("the log folder " + folder + " does not exist");
    }
    String start =
        DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).format(LocalDateTime.now());
    return folder.resolve("Ithil.log." + start + "." + ProcessHandle.current().pid());
  }
}
