package org.ithil.dicom.deidentification;

import java.util.Optional;

/**
 * The options of the Basic Application Level Confidentiality Profile, PS3.15 E.3, with the codes by
 * which data sets tell of them (PS3.16 CID 7050). In the order of the columns of {@code
 * standard-profile.tsv}.
 */
public enum DeidentificationOption {
  RETAIN_SAFE_PRIVATE("RetainSafePrivate", "113111", "Retain Safe Private Option"),
  RETAIN_UIDS("RetainUIDs", "113110", "Retain UIDs Option"),
  RETAIN_DEVICE_IDENTITY("RetainDeviceIdentity", "113109", "Retain Device Identity Option"),
  RETAIN_INSTITUTION_IDENTITY(
      "RetainInstitutionIdentity", "113112", "Retain Institution Identity Option"),
  RETAIN_PATIENT_CHARACTERISTICS(
      "RetainPatientCharacteristics", "113108", "Retain Patient Characteristics Option"),
  RETAIN_LONGITUDINAL_FULL_DATES(
      "RetainLongitudinalFullDates",
      "113106",
      "Retain Longitudinal Temporal Information Full Dates Option"),
  RETAIN_LONGITUDINAL_MODIFIED_DATES(
      "RetainLongitudinalModifiedDates",
      "113107",
      "Retain Longitudinal Temporal Information Modified Dates Option"),
  CLEAN_DESCRIPTORS("CleanDescriptors", "113105", "Clean Descriptors Option"),
  CLEAN_STRUCTURED_CONTENT("CleanStructuredContent", "113104", "Clean Structured Content Option"),
  CLEAN_GRAPHICS("CleanGraphics", "113103", "Clean Graphics Option");

  private final String field;
  private final String code;
  private final String meaning;

  DeidentificationOption(String field, String code, String meaning) {
    this.field = field;
    this.code = code;
    this.meaning = meaning;
  }

  /** As clients write it. */
  public String field() {
    return field;
  }

  /** The option that clients write so; empty if there is none. */
  public static Optional<DeidentificationOption> of(String field) {
    for (DeidentificationOption option : values()) {
      if (option.field.equals(field)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }

  /** Code Value (0008,0100) in the scheme DCM. */
  String code() {
    return code;
  }

  /** Code Meaning (0008,0104). */
  String meaning() {
    return meaning;
  }
}
