package org.ithil.web.system;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How talkative the server is, which clients may read and change while it runs. Thread-safe. */
public interface LogLevels {
  /** How much is written to the log. */
  enum Verbosity {
    DEFAULT,
    VERBOSE,
    TRACE;

    /** As clients write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Verbosity> of(String word) {
      for (Verbosity verbosity : values()) {
        if (verbosity.word().equals(word)) {
          return Optional.of(verbosity);
        }
      }
      return Optional.empty();
    }
  }

  /** The parts of the server that have a level of their own, such as {@code http}. */
  List<String> categories();

  /** The level of a part. */
  Verbosity get(String category);

  /** Changes the level of a part. */
  void set(String category, Verbosity verbosity);
}
