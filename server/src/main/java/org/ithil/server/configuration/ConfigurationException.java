package org.ithil.server.configuration;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that the server cannot start with; the message names file, key and what is wrong.
 */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String key;

  /**
   * @param file where it stands; null if in no file
   * @param key the key with its sections, {@code DicomModalities.scanner.Port}; empty if the file
   *     as a whole is wrong
   * @param what what is wrong, as the end of a sentence
   */
  ConfigurationException(@Nullable Path file, String key, String what) {
    super(
        (file == null ? "" : file + ": ") + (key.isEmpty() ? "" : key + ": ") + what,
        null,
        false,
        false);
    this.key = key;
  }

  /** The key with its sections; empty if the file as a whole is wrong. */
  public String key() {
    return key;
  }
}
