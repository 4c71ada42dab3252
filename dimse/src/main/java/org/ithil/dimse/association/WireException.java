package org.ithil.dimse.association;

import java.io.IOException;

/** The connection cannot be read or written any more; told from failures of what is being sent. */
final class WireException extends IOException {
  private static final long serialVersionUID = 1;

  /** How it ended. */
  enum Kind {
    /** The peer closed it. */
    CLOSED,
    /** It broke, or was cut by us. */
    LOST,
    /** Nothing came in time. */
    TIMEOUT
  }

  private final Kind kind;

  WireException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  WireException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }
}
