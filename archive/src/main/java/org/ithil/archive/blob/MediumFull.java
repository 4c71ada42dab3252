package org.ithil.archive.blob;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Tells a full medium from other failures: Java has no exception for it. */
final class MediumFull {
  private static final long NEARLY_NOTHING = 256 << 10;

  private MediumFull() {}

  /** The same failure, as a {@link StorageFullException} if that is what it is. */
  static IOException explain(IOException failure, Path folder) {
    if (failure instanceof StorageFullException) {
      return failure;
    }
    String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    boolean full = message.contains("no space left") || message.contains("quota exceeded");
    try {
      full |= Files.getFileStore(folder).getUsableSpace() < NEARLY_NOTHING;
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return full
        ? new StorageFullException("no space is left in " + folder.toAbsolutePath(), failure)
        : failure;
  }
}
