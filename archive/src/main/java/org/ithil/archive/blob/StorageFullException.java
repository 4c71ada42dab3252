package org.ithil.archive.blob;

import java.io.IOException;

/** There is no space left on the medium. */
public final class StorageFullException extends IOException {
  private static final long serialVersionUID = 1;

  public StorageFullException(String message, Throwable cause) {
    super(message, cause);
  }
}
