package org.ithil.server;

/** Which version this is. */
public final class Version {
  /** The version of Ithil. */
  public static final String OWN = "0.1.0";

  private Version() {}
}
