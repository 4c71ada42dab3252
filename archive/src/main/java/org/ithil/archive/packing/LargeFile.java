package org.ithil.archive.packing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.FutureTask;
import java.util.zip.CRC32;

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
    int window = Runtime.getRuntime().availableProcessors() + parts.rules().window();
    Deque<FutureTask<Piece>> pieces = new ArrayDeque<>();
    long begun = 0;
    try {
      while (begun < size || !pieces.isEmpty()) {
        while (begun < size && pieces.size() < window) {
          long from = begun;
          int length = (int) Math.min(PIECE, size - from);
          begun += length;
          boolean last = begun == size;
          FutureTask<Piece> task = new FutureTask<>(() -> piece(source, from, length, last));
          pieces.add(task);
          Thread.ofVirtual().name("packing-reader").start(task);
        }
        Piece piece = Loading.result(pieces.remove());
        crc.update(piece.bytes(), 0, piece.bytes().length);
        out.write(piece.packed().bytes(), 0, piece.packed().length());
      }
    } finally {
      pieces.forEach(task -> task.cancel(true));
    }
  }

  private Piece piece(Loading.Source source, long from, int length, boolean last)
      throws IOException, InterruptedException {
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
