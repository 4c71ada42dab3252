package org.ithil.services.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Parts of files, one behind the other; the files are open until it is closed. */
final class ChunkSequence implements Transfers.Sending {
  private record Part(FileCache.Lease file, long offset, long size) {}

  private final List<Part> parts = new ArrayList<>();
  private long size;

  /** Adds a part of a file, which is closed with the others. */
  void add(FileCache.Lease file, long offset, long length) {
    parts.add(new Part(file, offset, length));
    size += length;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public InputStream open() throws IOException {
    List<InputStream> streams = new ArrayList<>();
    for (Part part : parts) {
      streams.add(Channels.newInputStream(part.file().bytes().channel(part.offset(), part.size())));
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  @Override
  public void close() {
    parts.forEach(part -> part.file().close());
  }
}
