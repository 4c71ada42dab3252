package org.ithil.server.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.Arrays;
import java.util.List;
import org.ithil.web.system.LogLevels;
import org.slf4j.LoggerFactory;

/** The levels of the running loggers, category by category. */
public final class LoggerLevels implements LogLevels {
  @Override
  public List<String> categories() {
    return Arrays.stream(LogCategory.values()).map(LogCategory::word).toList();
  }

  @Override
  public Verbosity get(String category) {
    Level level = context().getLogger(of(category).prefixes().getFirst()).getEffectiveLevel();
    if (level.isGreaterOrEqual(Logging.level(LogOptions.Level.DEFAULT))) {
      return Verbosity.DEFAULT;
    }
    return level.isGreaterOrEqual(Logging.level(LogOptions.Level.VERBOSE))
        ? Verbosity.VERBOSE
        : Verbosity.TRACE;
  }

  @Override
  public void set(String category, Verbosity verbosity) {
    Level level =
        Logging.level(
            switch (verbosity) {
              case DEFAULT -> LogOptions.Level.DEFAULT;
              case VERBOSE -> LogOptions.Level.VERBOSE;
              case TRACE -> LogOptions.Level.TRACE;
            });
    for (String prefix : of(category).prefixes()) {
      context().getLogger(prefix).setLevel(level);
    }
  }

  private static LogCategory of(String word) {
    for (LogCategory category : LogCategory.values()) {
      if (category.word().equals(word)) {
        return category;
      }
    }
    throw new IllegalArgumentException("no log category " + word);
  }

  private static LoggerContext context() {
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }
}
