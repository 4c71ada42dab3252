package org.ithil.archive.ingest;

import org.ithil.dicom.io.DicomFile;

/** Decides whether an instance is kept. Called by many threads. */
@FunctionalInterface
public interface IngestFilter {
  /** Keeps everything. */
  IngestFilter ALL = (header, origin) -> true;

  /**
   * @param header the whole file, values of more than some kilobytes not loaded; valid during the
   *     call
   */
  boolean accepts(DicomFile header, Origin origin);
}
