package org.ithil.dicom.edit;

/** New UIDs for old ones: equal ones for equal ones. Safe for concurrent use. */
@FunctionalInterface
public interface UidMapping {
  /**
   * The new UID.
   *
   * @param uid without padding; any text
   */
  String map(String uid);
}
