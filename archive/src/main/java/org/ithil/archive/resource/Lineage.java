package org.ithil.archive.resource;

/** The identifiers of an instance and of all its parents. */
public record Lineage(
    ResourceId patient, ResourceId study, ResourceId series, ResourceId instance) {
  /**
   * Of the four DICOM identifiers, as text: decoded, without trailing blanks.
   *
   * @param patientId may be empty
   */
  public static Lineage of(
      String patientId, String studyUid, String seriesUid, String sopInstanceUid) {
    return new Lineage(
        ResourceId.ofPatient(patientId),
        ResourceId.ofStudy(patientId, studyUid),
        ResourceId.ofSeries(patientId, studyUid, seriesUid),
        ResourceId.ofInstance(patientId, studyUid, seriesUid, sopInstanceUid));
  }

  /** The identifier at a level. */
  public ResourceId at(Level level) {
    return switch (level) {
      case PATIENT -> patient;
      case STUDY -> study;
      case SERIES -> series;
      case INSTANCE -> instance;
    };
  }
}
