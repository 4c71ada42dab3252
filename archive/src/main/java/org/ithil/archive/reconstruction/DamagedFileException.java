package org.ithil.archive.reconstruction;

import java.io.IOException;
import java.util.UUID;

/** The file in the storage is not the one that was stored. */
final class DamagedFileException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFileException(UUID blob) {
    super("the file " + blob + " is not the one that was stored");
  }
}
