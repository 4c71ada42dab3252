package org.ithil.server;

/** Which version this is, and of what. */
public final class Version {
  /** The version of Ithil. */
  public static final String OWN = "0.1.0";

  /** The version of the reference server whose REST API this is. */
  public static final String REFERENCE = "1.13.0";

  private Version() {}
}
