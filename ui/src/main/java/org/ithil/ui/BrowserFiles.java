package org.ithil.ui;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The files of the browser application, by their path below its root ({@code explorer.html}, {@code
 * assets/...}).
 */
public final class BrowserFiles {
  /**
   * Names that a build makes; nothing that leads elsewhere, no folder, and no more folders than
   * there are: a pattern that repeats a group goes one call deeper for each.
   */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-]++/){0,8}+[A-Za-z0-9_-][A-Za-z0-9._-]*\\.[a-z0-9]+");

  private BrowserFiles() {}

  /** Opens a file; null if there is none of that path. */
  public static @Nullable InputStream open(String path) throws IOException {
    return NAME.matcher(path).matches()
        ? BrowserFiles.class.getResourceAsStream("app/" + path)
        : null;
  }
}
