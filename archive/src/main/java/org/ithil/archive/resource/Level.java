package org.ithil.archive.resource;

import java.util.Optional;

/** A level of the hierarchy of resources, from the top down. */
public enum Level {
  PATIENT("Patient", "patients"),
  STUDY("Study", "studies"),
  SERIES("Series", "series"),
  INSTANCE("Instance", "instances");

  private final String type;
  private final String plural;

  Level(String type, String plural) {
    this.type = type;
    this.plural = plural;
  }

  /** "Patient", "Study", "Series" or "Instance", as clients see it. */
  public String type() {
    return type;
  }

  /** "patients", "studies", "series" or "instances", as in the paths of the REST API. */
  public String plural() {
    return plural;
  }

  /** The level above; empty for patients. */
  public Optional<Level> parent() {
    return this == PATIENT ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
  }

  /** The level below; empty for instances. */
  public Optional<Level> child() {
    return this == INSTANCE ? Optional.empty() : Optional.of(values()[ordinal() + 1]);
  }

  /** True if this level is nearer to the patient. */
  public boolean isAbove(Level other) {
    return ordinal() < other.ordinal();
  }
}
