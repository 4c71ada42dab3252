package org.ithil.server.logging;

import java.util.List;
import java.util.Locale;

/**
 * The categories of log lines, each with a level of its own; a logger belongs to the longest prefix
 * of its name.
 */
public enum LogCategory {
  GENERIC("org.ithil"),
  PLUGINS("org.ithil.plugin"),
  HTTP("org.ithil.web"),
  SQLITE("org.ithil.archive.index.sqlite"),
  DICOM("org.ithil.dimse", "org.ithil.services"),
  JOBS("org.ithil.archive.job", "org.ithil.web.job"),
  LUA("org.ithil.lua");

  private final List<String> prefixes;

  LogCategory(String... prefixes) {
    this.prefixes = List.of(prefixes);
  }

  /** The names of loggers that belong here, with all below them. */
  List<String> prefixes() {
    return prefixes;
  }

  /** The word on the command line and in the lines. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category of a logger; what is not ours is generic. */
  static LogCategory of(String logger) {
    LogCategory best = GENERIC;
    int length = -1;
    for (LogCategory category : values()) {
      for (String prefix : category.prefixes) {
        if (prefix.length() > length
            && (logger.equals(prefix) || logger.startsWith(prefix + "."))) {
          best = category;
          length = prefix.length();
        }
      }
    }
    return best;
  }
}
