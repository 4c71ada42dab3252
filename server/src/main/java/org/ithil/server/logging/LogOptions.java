package org.ithil.server.logging;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is logged, and where.
 *
 * @param levels the level of each category; absent ones have {@link Level#DEFAULT}
 * @param file one file, written to at its end; null for none
 * @param folder a folder that gets a new file for each start; null for none
 * @param thread whether lines name the thread
 * @param context whether lines tell the context, the connection or request they belong to
 */
public record LogOptions(
    Map<LogCategory, Level> levels,
    @Nullable Path file,
    @Nullable Path folder,
    boolean thread,
    boolean context) {

  /** How much is told. */
  public enum Level {
    /** Warnings and errors; no data of patients. */
    DEFAULT,
    /** What the server does. */
    VERBOSE,
    /** Everything, for the search of faults. */
    TRACE
  }

  /** Warnings and errors to the standard error output. */
  public static final LogOptions DEFAULT = new LogOptions(Map.of(), null, null, true, true);

  public LogOptions {
    levels = Map.copyOf(levels);
  }

  /** The same with another level for one category. */
  public LogOptions with(LogCategory category, Level level) {
    Map<LogCategory, Level> changed = new EnumMap<>(LogCategory.class);
    changed.putAll(levels);
    changed.put(category, level);
    return new LogOptions(changed, file, folder, thread, context);
  }

  /** The same with one level for all categories. */
  public LogOptions withAll(Level level) {
    LogOptions changed = this;
    for (LogCategory category : LogCategory.values()) {
      changed = changed.with(category, level);
    }
    return changed;
  }
}
