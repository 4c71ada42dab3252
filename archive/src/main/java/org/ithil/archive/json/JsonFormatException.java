package org.ithil.archive.json;

import java.io.IOException;

/** Bytes that are no JSON, or JSON beyond a limit. */
public final class JsonFormatException extends IOException {
  private static final long serialVersionUID = 1;

  JsonFormatException(String message) {
    super(message);
  }
}
