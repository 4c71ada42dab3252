package org.ithil.dicom.deidentification;

import java.util.Optional;

/** The profiles that clients of the reference choose among by {@code DicomVersion}. */
public enum ProfileVersion {
  V2008("2008"),
  V2017C("2017c"),
  V2021B("2021b"),
  V2023B("2023b");

  private final String edition;

  ProfileVersion(String edition) {
    this.edition = edition;
  }

  /** The edition of the standard, in exactly this spelling. */
  public String edition() {
    return edition;
  }

  /** The profile of an edition; empty if there is none. */
  public static Optional<ProfileVersion> of(String edition) {
    for (ProfileVersion version : values()) {
      if (version.edition.equals(edition)) {
        return Optional.of(version);
      }
    }
    return Optional.empty();
  }

  /** What Deidentification Method (0012,0063) says of it, behind the name of the program. */
  String method() {
    return " - PS 3.15-"
        + edition
        + (this == V2008 ? " Table E.1-1" : " Table E.1-1 Basic Profile");
  }
}
