package org.ithil.server.command;

/** A command line that cannot be read. */
public final class CommandLineException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CommandLineException(String message) {
    super(message, null, false, false);
  }
}
