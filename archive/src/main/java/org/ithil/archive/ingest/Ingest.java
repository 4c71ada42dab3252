package org.ithil.archive.ingest;

import org.ithil.archive.blob.SpooledFile;

/** Takes instances into the archive. Safe for concurrent use. */
public interface Ingest {
  /**
   * Takes a DICOM file. When it returns {@link IngestOutcome.Stored}, the instance is durable and
   * findable.
   *
   * @param file used up, whatever happens
   * @throws IngestException if it cannot be kept; nothing of it remains
   */
  IngestOutcome ingest(SpooledFile file, Origin origin) throws IngestException;
}
