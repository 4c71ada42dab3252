package org.ithil.dicom.deidentification;

import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Where the samples of native pixels lie, little endian (PS3.5 8, PS3.3 C.7.6.3), and what is
 * painted over them: black where the kind of image tells what black is. All bits allocated are
 * painted, so that overlays in unused bits go, too.
 *
 * @param rows of a plane
 * @param frames of the image
 * @param planes of a frame
 * @param rowBits bits from one row of a plane to the next
 * @param cellBits bits of what is painted together: a sample, a pixel, or two pixels that share
 *     their colours
 * @param cellPixels pixels in a cell
 * @param paint bytes of a cell of each plane; null for single bits, which become 0
 */
record PixelLayout(
    int rows,
    long frames,
    int planes,
    long rowBits,
    int cellBits,
    int cellPixels,
    byte @Nullable [][] paint,
    List<PixelMask> masks) {
  private static final byte MIDDLE = (byte) 0x80;

  /** The layout that a data set describes; null if it does not describe one. */
  static @Nullable PixelLayout of(DataSet dataSet, int tag, List<PixelMask> masks) {
    int rows = dataSet.integer(Tag.Rows).orElse(0);
    int columns = dataSet.integer(Tag.Columns).orElse(0);
    int samples = dataSet.integer(Tag.SamplesPerPixel).orElse(1);
    int allocated =
        switch (tag) {
          case Tag.FloatPixelData -> 32;
          case Tag.DoubleFloatPixelData -> 64;
          default -> dataSet.integer(Tag.BitsAllocated).orElse(0);
        };
    long frames = Math.max(1, dataSet.integer(Tag.NumberOfFrames).orElse(1));
    boolean fits = rows > 0 && columns > 0 && samples > 0 && samples <= 4;
    boolean whole = allocated == 1 && samples == 1 || allocated > 0 && allocated % 8 == 0;
    if (!fits || !whole || allocated > 64) {
      return null;
    }
    if (allocated == 1) {
      return new PixelLayout(rows, frames, 1, columns, 1, 1, null, masks);
    }
    String kind = dataSet.ascii(Tag.PhotometricInterpretation).orElse("").strip();
    if (kind.equals("YBR_FULL_422") || kind.equals("YBR_PARTIAL_422")) {
      byte black = kind.equals("YBR_FULL_422") ? (byte) 0 : 16;
      byte[][] paint = {{black, black, MIDDLE, MIDDLE}};
      return allocated == 8 && samples == 3
          ? new PixelLayout(rows, frames, 1, 16L * ((columns + 1) / 2 * 2), 32, 2, paint, masks)
          : null;
    }
    boolean integers = tag == Tag.PixelData;
    byte[][] values = new byte[samples][];
    for (int i = 0; i < samples; i++) {
      values[i] = bytes(integers ? black(dataSet, kind, i, allocated) : 0, allocated / 8);
    }
    boolean byPlane = samples > 1 && dataSet.integer(Tag.PlanarConfiguration).orElse(0) == 1;
    if (byPlane || samples == 1) {
      return new PixelLayout(
          rows, frames, samples, (long) columns * allocated, allocated, 1, values, masks);
    }
    byte[] pixel = new byte[samples * allocated / 8];
    for (int i = 0; i < samples; i++) {
      System.arraycopy(values[i], 0, pixel, i * allocated / 8, allocated / 8);
    }
    return new PixelLayout(
        rows,
        frames,
        1,
        (long) columns * allocated * samples,
        allocated * samples,
        1,
        new byte[][] {pixel},
        masks);
  }

  /** The darkest value: of a palette the first one, as which colour that is does not matter. */
  private static long black(DataSet dataSet, String kind, int sample, int allocated) {
    int stored = Math.clamp(dataSet.integer(Tag.BitsStored).orElse(allocated), 1, allocated);
    int high = dataSet.integer(Tag.HighBit).orElse(stored - 1);
    boolean signed = dataSet.integer(Tag.PixelRepresentation).orElse(0) == 1;
    int shift = Math.clamp(high + 1L - stored, 0, allocated - stored);
    long largest = (1L << (signed ? stored - 1 : stored)) - 1;
    long value =
        switch (kind) {
          case "MONOCHROME1" -> largest;
          case "MONOCHROME2" -> signed ? -largest - 1 : 0;
          case "YBR_FULL", "YBR_ICT", "YBR_RCT" -> sample == 0 ? 0 : 1L << (stored - 1);
          default -> 0;
        };
    return value << shift;
  }

  private static byte[] bytes(long value, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >> (8 * i));
    }
    return bytes;
  }

  /**
   * Paints over a part of the value.
   *
   * @param offset of the part in the value
   * @param bytes changed from {@code at} on
   */
  void paint(long offset, byte[] bytes, int at, int length) {
    long firstBit = offset * 8;
    long lastBit = (offset + length) * 8;
    long planeBits = rowBits * rows;
    long all = frames * planes;
    for (long plane = firstBit / planeBits; plane < all && plane * planeBits < lastBit; plane++) {
      for (PixelMask mask : masks) {
        paint(plane, mask, offset, bytes, at, length);
      }
    }
  }

  private void paint(long plane, PixelMask mask, long offset, byte[] bytes, int at, int length) {
    long start = plane * rowBits * rows;
    int top = Math.max(0, mask.y());
    long bottom = Math.min(rows, (long) mask.y() + mask.height());
    long fromRow = Math.max(top, (offset * 8 - start) / rowBits);
    long toRow = Math.min(bottom, ((offset + length) * 8 - start + rowBits - 1) / rowBits);
    long cells = rowBits / cellBits;
    long left = Math.max(0, mask.x()) / cellPixels;
    long right = Math.min(cells, ((long) mask.x() + mask.width() + cellPixels - 1) / cellPixels);
    if (left >= right) {
      return;
    }
    for (long row = fromRow; row < toRow; row++) {
      long from = start + row * rowBits + left * cellBits;
      long to = start + row * rowBits + right * cellBits;
      if (paint == null) {
        clear(from, to, offset, bytes, at, length);
      } else {
        byte[] cell = paint[(int) (plane % planes)];
        fill(from / 8, to / 8, cell, offset, bytes, at, length);
      }
    }
  }

  private static void fill(
      long from, long to, byte[] cell, long offset, byte[] bytes, int at, int length) {
    long first = Math.max(from, offset);
    long last = Math.min(to, offset + length);
    int within = (int) ((first - from) % cell.length);
    for (long i = first; i < last; i++) {
      bytes[at + (int) (i - offset)] = cell[within];
      within = within + 1 == cell.length ? 0 : within + 1;
    }
  }

  /** Bits of a byte are pixels from the lowest one on, PS3.5 8.1.1. */
  private static void clear(long from, long to, long offset, byte[] bytes, int at, int length) {
    long first = Math.max(from, offset * 8);
    long last = Math.min(to, (offset + length) * 8);
    for (long bit = first; bit < last; bit++) {
      bytes[at + (int) (bit / 8 - offset)] &= (byte) ~(1 << (bit % 8));
    }
  }
}
