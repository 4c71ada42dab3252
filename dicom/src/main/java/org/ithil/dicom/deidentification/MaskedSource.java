package org.ithil.dicom.deidentification;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;

/** A source in which the pixels of one value are painted over when they are read. */
final class MaskedSource implements ByteSource {
  private static final int PIECE = 64 << 10;

  private final ByteSource source;
  private final long start;
  private final long end;
  private final int unit;
  private final PixelLayout layout;

  MaskedSource(ByteSource source, Value.Located pixels, Vr vr, PixelLayout layout) {
    this.source = source;
    this.start = pixels.offset();
    this.end = pixels.offset() + pixels.length();
    this.unit = pixels.bigEndian() ? vr.unit() : 1;
    this.layout = layout;
  }

  @Override
  public long size() {
    return source.size();
  }

  @Override
  public boolean isSequential() {
    return source.isSequential();
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    source.read(offset, into, at, length);
    paint(offset, into, at, length);
  }

  /** From front to back, as a source that inflates wants it. */
  @Override
  public void copyTo(long offset, long length, OutputStream out) throws IOException {
    requireInside(offset, length);
    Painter painter = new Painter(offset, out);
    source.copyTo(offset, length, painter);
    painter.finish();
  }

  @Override
  public void requireInside(long offset, long length) throws EOFException {
    source.requireInside(offset, length);
  }

  @Override
  public void release() {
    source.release();
  }

  private void paint(long offset, byte[] bytes, int at, int length) {
    long from = Math.max(offset, start);
    long to = Math.min(offset + length, end);
    if (from >= to) {
      return;
    }
    int first = at + (int) (from - offset);
    int count = (int) (to - from);
    if (unit == 1) {
      layout.paint(from - start, bytes, first, count);
    } else {
      paintSwapped(from - start, bytes, first, count);
    }
  }

  /** Whole units around what is wanted, in little endian order, painted and taken back. */
  private void paintSwapped(long from, byte[] bytes, int at, int count) {
    long low = from - from % unit;
    int size = (int) (from + count - low);
    byte[] turned = new byte[(size + unit - 1) / unit * unit];
    for (int i = 0; i < count; i++) {
      turned[turn((int) (from - low) + i)] = bytes[at + i];
    }
    layout.paint(low, turned, 0, turned.length);
    for (int i = 0; i < count; i++) {
      bytes[at + i] = turned[turn((int) (from - low) + i)];
    }
  }

  private int turn(int i) {
    return i - i % unit + unit - 1 - i % unit;
  }

  /** Paints what goes by, in pieces of its own: those of others may not be changed. */
  private final class Painter extends OutputStream {
    private final OutputStream out;
    private final byte[] piece = new byte[PIECE];
    private long offset;
    private int filled;

    Painter(long offset, OutputStream out) {
      this.offset = offset;
      this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
      piece[filled++] = (byte) b;
      if (filled == piece.length) {
        finish();
      }
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      for (int done = 0; done < count; ) {
        int n = Math.min(count - done, piece.length - filled);
        System.arraycopy(bytes, from + done, piece, filled, n);
        filled += n;
        done += n;
        if (filled == piece.length) {
          finish();
        }
      }
    }

    void finish() throws IOException {
      paint(offset, piece, 0, filled);
      out.write(piece, 0, filled);
      offset += filled;
      filled = 0;
    }
  }
}
