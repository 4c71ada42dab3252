package org.ithil.server.configuration;

/** The keys of the DICOM network. */
final class DicomKeys {
  private static final int LONGEST_AET = 16;

  private DicomKeys() {}

  /** The own AE title, PS3.5 6.2: up to 16 characters of the default repertoire, no backslash. */
  static String aet(Section root) {
    String aet = root.text("DicomAet").strip();
    if (aet.isEmpty()
        || aet.length() > LONGEST_AET
        || aet.chars().anyMatch(c -> c < ' ' || c > '~' || c == '\\')) {
      throw root.error(
          "DicomAet", "must have 1 to 16 ASCII characters without backslash, is \"" + aet + '"');
    }
    return aet;
  }
}
