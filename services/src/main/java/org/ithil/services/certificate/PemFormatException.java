package org.ithil.services.certificate;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A PEM file that does not hold what is looked for, or not in a form that can be read. */
public final class PemFormatException extends IOException {
  private static final long serialVersionUID = 1;

  PemFormatException(Path file, String what, @Nullable Throwable cause) {
    super(file + ": " + what, cause);
  }
}
