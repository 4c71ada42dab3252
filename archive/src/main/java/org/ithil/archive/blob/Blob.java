package org.ithil.archive.blob;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.ithil.dicom.data.ByteSource;

/**
 * An open blob. It may be read at any position by many threads; its bytes never change, and stay
 * readable until it is closed even if the blob is deleted meanwhile.
 */
public interface Blob extends ByteSource, AutoCloseable {
  /** A channel over a part of the bytes, each with a position of its own. */
  ReadableByteChannel channel(long offset, long length) throws IOException;

  /** The file that holds exactly these bytes, if there is one: for zero-copy sends. */
  Optional<Path> path();

  @Override
  void close();
}
