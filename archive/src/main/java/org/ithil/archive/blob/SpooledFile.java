package org.ithil.archive.blob;

import java.io.IOException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import org.ithil.dicom.data.ByteSource;

/**
 * A file that waits in the spool. Whoever has it closes it: this removes the file unless it was
 * moved into a {@link BlobStore}. The bytes may be read at any position.
 */
public interface SpooledFile extends ByteSource, AutoCloseable {
  /** Where it lies. */
  Path path();

  /** A channel over a part of the bytes, with a position of its own. */
  ReadableByteChannel channel(long offset, long length) throws IOException;

  /** MD5 of its bytes, lower case hexadecimal; computed while it was written, or now. */
  String md5() throws IOException;

  /** CRC-32 of its bytes. */
  int crc32();

  @Override
  void close();
}
