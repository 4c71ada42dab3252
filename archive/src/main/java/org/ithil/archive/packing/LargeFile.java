package org.ithil.archive.packing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import org.ithil.archive.retrieval.ReadAhead;

/** Packs a large file piece by piece, several pieces at the same time. */
final class LargeFile {
  private static final int PIECE = 1 << 20;

  private final Loading loading;
  private final Packing.Parts parts;
  private final CRC32 crc = new CRC32();

  LargeFile(Loading loading, Packing.Parts parts) {
    this.loading = loading;
    this.parts = parts;
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Piece(byte[] bytes, Deflation.Packed packed) {}

  void write(ZipWriter zip, String name, Loading.Source source)
      throws IOException, InterruptedException {
    long size = source.bytes().size();
    if (source.packed()) {
      zip.addStored(name, source.crc(), size, out -> source.bytes().copyTo(0, size, out));
    } else {
      zip.addDeflated(name, size, out -> deflate(source, size, out), () -> (int) crc.getValue());
    }
  }

  private void deflate(Loading.Source source, long size, OutputStream out)
      throws IOException, InterruptedException {
    Iterator<Long> starts =
        LongStream.iterate(0, from -> from < size, from -> from + PIECE).boxed().iterator();
    int window = Runtime.getRuntime().availableProcessors() + parts.rules().window();
    try (ReadAhead<Long, Piece> pieces =
        new ReadAhead<>(
            starts, window, ReadAhead.Budget.unlimited(), from -> piece(source, from, size))) {
      for (var next = pieces.next(); next.isPresent(); next = pieces.next()) {
        Piece piece = next.get().loaded();
        crc.update(piece.bytes(), 0, piece.bytes().length);
        out.write(piece.packed().bytes(), 0, piece.packed().length());
      }
    }
  }

  private Piece piece(Loading.Source source, long from, long size)
      throws IOException, InterruptedException {
    int length = (int) Math.min(PIECE, size - from);
    boolean last = from + length == size;
    byte[] bytes;
    parts.readers().acquire();
    try {
      bytes = source.bytes().read(from, length);
    } finally {
      parts.readers().release();
    }
    return new Piece(bytes, loading.computed(() -> parts.deflation().piece(bytes, length, last)));
  }
}
