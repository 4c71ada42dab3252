package org.ithil.archive.blob;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import org.ithil.dicom.data.ByteSource;

/**
 * An open blob. It may be read at any position by many threads; its bytes never change, and stay
 * readable until it is closed even if the blob is deleted meanwhile.
 */
public interface Blob extends ByteSource, AutoCloseable {
  /**
   * A channel over a part of the bytes, each with a position of its own; it reads until the blob is
   * closed, and closing it does not close the blob.
   */
  ReadableByteChannel channel(long offset, long length) throws IOException;

  @Override
  void close();
}
