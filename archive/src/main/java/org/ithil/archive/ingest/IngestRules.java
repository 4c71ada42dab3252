package org.ithil.archive.ingest;

import java.time.Duration;
import org.ithil.archive.resource.MainTags;

/**
 * How instances are taken.
 *
 * @param mainTags what is kept in the index
 * @param overwrite what happens to an instance that is there already
 * @param stableAge how long after the last instance a parent is stable
 * @param maximumStorageSize most bytes of all blobs together; 0 for no limit
 * @param maximumPatientCount most patients; 0 for no limit
 * @param recycle whether the oldest patients make room; otherwise what does not fit is refused
 * @param storeMd5 whether MD5s are kept
 * @param storeDicom whether DICOM files are kept, not only indexed
 */
public record IngestRules(
    MainTags mainTags,
    Overwrite overwrite,
    Duration stableAge,
    long maximumStorageSize,
    long maximumPatientCount,
    boolean recycle,
    boolean storeMd5,
    boolean storeDicom) {
  /** The defaults of the reference server. */
  public static final IngestRules DEFAULT =
      new IngestRules(
          MainTags.DEFAULT, Overwrite.NEVER, Duration.ofSeconds(60), 0, 0, true, true, true);

  /** What happens to an instance that is there already: key {@code OverwriteInstances}. */
  public enum Overwrite {
    NEVER,
    ALWAYS,
    /** Only if its MD5 is another one. */
    IF_CHANGED
  }
}
