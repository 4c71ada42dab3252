package org.ithil.archive.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Where bytes that come in wait until it is known whether they are kept. It lies inside the storage
 * folder, so that keeping a file is a rename. Safe for concurrent use.
 */
public interface Spool {
  /** A file being written. Closing it without {@link #finish} removes it. */
  abstract class Writer extends OutputStream {
    /** Bytes written up to now. */
    public abstract long size();

    /** Ends the writing; the caller has the file from now on. */
    public abstract SpooledFile finish() throws IOException;
  }

  /** Starts a file. {@link StorageFullException} comes from writing to it. */
  Writer open() throws IOException;

  /** Spools all that a stream gives; what was written is removed if the stream fails. */
  default SpooledFile spool(InputStream in) throws IOException {
    try (Writer writer = open()) {
      in.transferTo(writer);
      return writer.finish();
    }
  }
}
