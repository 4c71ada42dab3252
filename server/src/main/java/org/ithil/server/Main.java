package org.ithil.server;

/** The program. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Program(System.out, System.err, System::getenv).run(arguments));
  }
}
