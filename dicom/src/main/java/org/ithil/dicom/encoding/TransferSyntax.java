package org.ithil.dicom.encoding;

/**
 * A transfer syntax of PS3.5 10: how the elements of a data set are encoded.
 *
 * @param uid its UID
 * @param explicitVr whether value representations are written
 * @param bigEndian byte order
 * @param deflated whether the data set as a whole is deflated (RFC 1951)
 * @param encapsulated whether pixel data comes in fragments
 */
public record TransferSyntax(
    String uid, boolean explicitVr, boolean bigEndian, boolean deflated, boolean encapsulated) {
  public static final TransferSyntax IMPLICIT_LE =
      new TransferSyntax("1.2.840.10008.1.2", false, false, false, false);
  public static final TransferSyntax EXPLICIT_LE =
      new TransferSyntax("1.2.840.10008.1.2.1", true, false, false, false);
  public static final TransferSyntax DEFLATED_LE =
      new TransferSyntax("1.2.840.10008.1.2.1.99", true, false, true, false);
  public static final TransferSyntax EXPLICIT_BE =
      new TransferSyntax("1.2.840.10008.1.2.2", true, true, false, false);

  /** JPIP Referenced Deflate: as deflated little endian, without pixel data. */
  private static final String JPIP_DEFLATE = "1.2.840.10008.1.2.4.95";

  /** JPIP Referenced: pixel data is a URL elsewhere. */
  private static final String JPIP = "1.2.840.10008.1.2.4.94";

  private static final String JPIP_HTJ2K = "1.2.840.10008.1.2.4.204";
  private static final String JPIP_HTJ2K_DEFLATE = "1.2.840.10008.1.2.4.205";

  /**
   * The syntax with a UID; an unknown one is taken to be explicit little endian with encapsulated
   * pixel data.
   */
  public static TransferSyntax of(String uid) {
    return switch (uid) {
      case "1.2.840.10008.1.2" -> IMPLICIT_LE;
      case "1.2.840.10008.1.2.1" -> EXPLICIT_LE;
      case "1.2.840.10008.1.2.1.99" -> DEFLATED_LE;
      case "1.2.840.10008.1.2.2" -> EXPLICIT_BE;
      case JPIP_DEFLATE, JPIP_HTJ2K_DEFLATE -> new TransferSyntax(uid, true, false, true, false);
      case JPIP, JPIP_HTJ2K -> new TransferSyntax(uid, true, false, false, false);
      default -> new TransferSyntax(uid, true, false, false, true);
    };
  }

  /**
   * True for a UID below 1.2.840.10008.1.2, the standard's root of transfer syntaxes: then the
   * other components are known, not assumed.
   */
  public boolean isStandard() {
    return uid.equals(IMPLICIT_LE.uid) || uid.startsWith("1.2.840.10008.1.2.");
  }
}
