package org.ithil.archive.statistics;

/**
 * How much there is below a resource (itself included), or in the whole archive.
 *
 * @param patients number of patients
 * @param diskSize bytes of the blobs of all attachments
 * @param uncompressedSize bytes of all attachments when uncompressed
 * @param dicomDiskSize the part of DICOM files in diskSize
 * @param dicomUncompressedSize the part of DICOM files in uncompressedSize
 */
public record Statistics(
    long patients,
    long studies,
    long series,
    long instances,
    long diskSize,
    long uncompressedSize,
    long dicomDiskSize,
    long dicomUncompressedSize) {
  /** Nothing. */
  public static final Statistics NONE = new Statistics(0, 0, 0, 0, 0, 0, 0, 0);
}
