package org.ithil.archive.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Brings what was written to the medium; a test puts a recorder in its place. */
@FunctionalInterface
interface Forcing {
  /** Waits until bytes and size of a file, or the names in a folder, survive a power failure. */
  Forcing TO_MEDIUM = (opened, path) -> opened.force(true);

  /**
   * @param path the file or folder that is opened
   */
  void force(FileChannel opened, Path path) throws IOException;
}
