package org.ithil.archive.modification;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.dicom.io.DicomFile;

/** Writes instances in another transfer syntax. Safe for concurrent use. */
@FunctionalInterface
public interface Transcoder {
  /** Knows no other syntax. */
  Transcoder NONE = (file, syntax, quality) -> Optional.empty();

  /**
   * Writes an instance in another syntax.
   *
   * @param file read whole; the values in it are still open
   * @param syntax its UID
   * @param quality of lossy syntaxes, 1 to 100
   * @return the new file; empty if it is in that syntax already, or cannot be written in it
   */
  Optional<SpooledFile> transcode(DicomFile file, String syntax, OptionalInt quality)
      throws IOException;
}
