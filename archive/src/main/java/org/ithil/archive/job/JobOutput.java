package org.ithil.archive.job;

import java.util.UUID;

/**
 * A file that a job made and that clients fetch from it.
 *
 * @param name by which it is asked for, such as {@code archive}
 * @param mediaType its {@code Content-Type}
 * @param filename under which a browser saves it
 * @param blob where its bytes are
 * @param size in bytes
 */
public record JobOutput(String name, String mediaType, String filename, UUID blob, long size) {
  /** Notes files that nobody has been told of yet, so that a next process finds them. */
  public interface Journal {
    /** Notes nothing: a kill may leave files that nobody needs. */
    Journal NONE =
        new Journal() {
          @Override
          public void begin(UUID blob) {}

          @Override
          public void end(UUID blob) {}
        };

    /** A blob will be kept, for a job. */
    void begin(UUID blob);

    /** The index names the blob, as an output or as one to be removed, or it is removed. */
    void end(UUID blob);
  }
}
