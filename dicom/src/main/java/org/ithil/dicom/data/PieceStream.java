package org.ithil.dicom.data;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** Cuts what is written into pieces of equal length; the last one may be shorter. */
final class PieceStream extends OutputStream {
  private final int size;
  private final Value.Sink sink;
  private byte[] piece;
  private int used;

  PieceStream(int size, Value.Sink sink) {
    this.size = size;
    this.sink = sink;
    this.piece = new byte[size];
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    int at = from;
    int end = from + length;
    while (at < end) {
      int count = Math.min(end - at, size - used);
      System.arraycopy(bytes, at, piece, used, count);
      at += count;
      used += count;
      if (used == size) {
        byte[] full = piece;
        piece = new byte[size];
        used = 0;
        sink.accept(full);
      }
    }
  }

  /** Passes the rest on. */
  void finish() throws IOException {
    if (used > 0) {
      sink.accept(Arrays.copyOf(piece, used));
      used = 0;
    }
  }
}
