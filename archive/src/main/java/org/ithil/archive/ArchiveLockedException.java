package org.ithil.archive;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Another process uses the storage folder. */
public final class ArchiveLockedException extends IOException {
  private static final long serialVersionUID = 1;

  ArchiveLockedException(Path folder, @Nullable Throwable cause) {
    super("another process uses the storage folder " + folder.toAbsolutePath(), cause);
  }
}
