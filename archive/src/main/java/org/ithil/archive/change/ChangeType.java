package org.ithil.archive.change;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What happened to a resource. */
public enum ChangeType {
  COMPLETED_SERIES(1, "CompletedSeries"),
  NEW_INSTANCE(2, "NewInstance"),
  NEW_PATIENT(3, "NewPatient"),
  NEW_SERIES(4, "NewSeries"),
  NEW_STUDY(5, "NewStudy"),
  ANONYMIZED_STUDY(6, "AnonymizedStudy"),
  ANONYMIZED_SERIES(7, "AnonymizedSeries"),
  MODIFIED_STUDY(8, "ModifiedStudy"),
  MODIFIED_SERIES(9, "ModifiedSeries"),
  ANONYMIZED_PATIENT(10, "AnonymizedPatient"),
  MODIFIED_PATIENT(11, "ModifiedPatient"),
  STABLE_PATIENT(12, "StablePatient"),
  STABLE_STUDY(13, "StableStudy"),
  STABLE_SERIES(14, "StableSeries"),
  UPDATED_ATTACHMENT(15, "UpdatedAttachment"),
  UPDATED_METADATA(16, "UpdatedMetadata"),
  /** May be asked for, but is never logged: what is deleted vanishes from the log. */
  DELETED(4096, "Deleted");

  private static final Map<String, ChangeType> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(t -> t.label, Function.identity()));
  private static final Map<Integer, ChangeType> BY_NUMBER =
      Arrays.stream(values()).collect(Collectors.toMap(t -> t.number, Function.identity()));

  private final int number;
  private final String label;

  ChangeType(int number, String label) {
    this.number = number;
    this.label = label;
  }

  /** Its number in the index; never changes. */
  public int number() {
    return number;
  }

  /** Its name as clients see it, such as "NewInstance". */
  public String label() {
    return label;
  }

  /** The type with a name; empty if there is none. */
  public static Optional<ChangeType> of(String label) {
    return Optional.ofNullable(BY_NAME.get(label));
  }

  /** The type with a number; empty if there is none. */
  public static Optional<ChangeType> of(int number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }
}
