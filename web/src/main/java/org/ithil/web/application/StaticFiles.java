package org.ithil.web.application;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Where the files of the browser application come from. */
@FunctionalInterface
public interface StaticFiles {
  /** No files at all. */
  StaticFiles NONE = path -> null;

  /**
   * Opens a file.
   *
   * @param path such as {@code explorer.html} or {@code images/logo.png}: segments joined by
   *     slashes, never empty, {@code .} or {@code ..}
   * @return null if there is no such file
   */
  @Nullable InputStream open(String path) throws IOException;
}
