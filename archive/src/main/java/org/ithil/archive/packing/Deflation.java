package org.ithil.archive.packing;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Deflater;

/**
 * Deflates pieces, each by itself, in whatever way suits it: Huffman codes alone are as good for
 * the pixels of most modalities as the search for repetitions, and many times as fast; where there
 * are repetitions, a trial of a small sample shows it. Safe for concurrent use.
 */
final class Deflation implements AutoCloseable {
  private static final int LARGEST_SAMPLE = 16 << 10;

  private static final int SMALLEST_SAMPLE = 2 << 10;

  /** A sample is a part of so many. */
  private static final int PART = 32;

  /** A search for repetitions has to save a part of so many. */
  private static final int WORTH = 16;

  private final Queue<Deflater> free = new ConcurrentLinkedQueue<>();

  /** Deflated bytes: the first {@code length} of the array. */
  @SuppressWarnings("ArrayRecordComponent")
  record Packed(byte[] bytes, int length) {}

  /** Deflates an entry as a whole. */
  Packed whole(byte[] bytes, int length) {
    return piece(bytes, length, true);
  }

  /**
   * Deflates a piece of an entry. Pieces one behind another make one deflated stream.
   *
   * @param last whether it is the last one
   */
  Packed piece(byte[] bytes, int length, boolean last) {
    return isSearchWorth(bytes, length)
        ? search(bytes, 0, length, last)
        : HuffmanCoding.deflate(bytes, 0, length, last);
  }

  private boolean isSearchWorth(byte[] bytes, int length) {
    int sample = Math.min(length, Math.clamp(length / PART, SMALLEST_SAMPLE, LARGEST_SAMPLE));
    int from = (length - sample) / 2;
    int plain = HuffmanCoding.deflate(bytes, from, sample, true).length();
    int searched = search(bytes, from, sample, true).length();
    return searched < plain - plain / WORTH;
  }

  private Packed search(byte[] bytes, int offset, int length, boolean last) {
    Deflater deflater = free.poll();
    if (deflater == null) {
      deflater = new Deflater(Deflater.BEST_SPEED, true);
    }
    deflater.setInput(bytes, offset, length);
    if (last) {
      deflater.finish();
    }
    byte[] packed = new byte[Math.max(64, length / 2 + length / 8)];
    int used = 0;
    while (true) {
      int room = packed.length - used;
      int n = deflater.deflate(packed, used, room, last ? Deflater.NO_FLUSH : Deflater.SYNC_FLUSH);
      used += n;
      if (last ? deflater.finished() : n < room) {
        break;
      }
      packed = Arrays.copyOf(packed, packed.length + packed.length / 2 + 64);
    }
    deflater.reset();
    free.add(deflater);
    return new Packed(packed, used);
  }

  /** Frees memory outside of the heap; nothing may be deflated any more. */
  @Override
  public void close() {
    free.forEach(Deflater::end);
  }
}
