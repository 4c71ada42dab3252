package org.ithil.dicom.dictionary;

/**
 * A UID of PS3.6 A.
 *
 * @param uid the UID
 * @param type what it stands for
 * @param name its name in the standard
 * @param keyword its keyword, may be empty
 * @param retired whether the standard has given it up
 * @param storage whether it is a SOP class of composite instances that are kept as files (PS3.4
 *     B.5), apart from those that the reference never takes: DICOMDIR, protocols, hanging
 *     protocols, color palettes, implant templates
 * @param known whether the DICOM library of the reference knows it
 */
public record UidEntry(
    String uid,
    Type type,
    String name,
    String keyword,
    boolean retired,
    boolean storage,
    boolean known) {
  /** What a UID stands for. */
  public enum Type {
    APPLICATION_CONTEXT,
    APPLICATION_HOSTING_MODEL,
    CODING_SCHEME,
    LDAP_OID,
    MAPPING_RESOURCE,
    META_SOP_CLASS,
    SERVICE_CLASS,
    SOP_CLASS,
    SYNCHRONIZATION_FRAME_OF_REFERENCE,
    TRANSFER_SYNTAX,
    WELL_KNOWN_FRAME_OF_REFERENCE,
    WELL_KNOWN_INSTANCE
  }
}
