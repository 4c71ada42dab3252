package org.ithil.dicom.directory;

/** Kinds of directory records, PS3.3 F.5, as far as they are written. */
public enum RecordKind {
  PATIENT("PATIENT", 0),
  STUDY("STUDY", 1),
  SERIES("SERIES", 2),
  /** Also stands for instances of classes that have no kind of their own here. */
  IMAGE("IMAGE", 3),
  SR_DOCUMENT("SR DOCUMENT", 3),
  PRESENTATION("PRESENTATION", 3),
  KEY_OBJECT_DOCUMENT("KEY OBJECT DOC", 3),
  ENCAPSULATED_DOCUMENT("ENCAP DOC", 3);

  /** Root of the storage SOP classes, PS3.4 B.5. */
  private static final String STORAGE = "1.2.840.10008.5.1.4.1.1.";

  private static final String KEY_OBJECT_SELECTION = STORAGE + "88.59";

  private final String type;
  private final int depth;

  RecordKind(String type, int depth) {
    this.type = type;
    this.depth = depth;
  }

  /** Value of Directory Record Type (0004,1430). */
  public String type() {
    return type;
  }

  /** How many records lie between it and the root. */
  int depth() {
    return depth;
  }

  /** The kind of an instance of a SOP class. */
  public static RecordKind of(String sopClassUid) {
    if (sopClassUid.equals(KEY_OBJECT_SELECTION)) {
      return KEY_OBJECT_DOCUMENT;
    }
    if (sopClassUid.startsWith(STORAGE + "88.")) {
      return SR_DOCUMENT;
    }
    if (sopClassUid.startsWith(STORAGE + "11.")) {
      return PRESENTATION;
    }
    return sopClassUid.startsWith(STORAGE + "104.") ? ENCAPSULATED_DOCUMENT : IMAGE;
  }
}
