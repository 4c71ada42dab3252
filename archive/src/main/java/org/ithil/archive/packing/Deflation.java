package org.ithil.archive.packing;

import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.Deflater;

/**
 * Deflates pieces, each by itself, in whatever way suits it: Huffman codes alone are as good for
 * the pixels of most modalities as the search for repetitions, and twice as fast; where there are
 * repetitions, a trial of a small sample shows it. Safe for concurrent use.
 */
final class Deflation implements AutoCloseable {
  private static final int LARGEST_SAMPLE = 16 << 10;

  private static final int SMALLEST_SAMPLE = 2 << 10;

  /** A sample is a part of so many. */
  private static final int PART = 32;

  /** A search for repetitions has to save a part of so many. */
  private static final int WORTH = 16;

  /** Each kind with its own deflaters, as a change of kind is not free. */
  private enum Kind {
    HUFFMAN,
    SEARCH
  }

  private final Queue<Deflater> huffman = new ConcurrentLinkedQueue<>();
  private final Queue<Deflater> search = new ConcurrentLinkedQueue<>();

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
    return deflate(kind(bytes, length), bytes, 0, length, last);
  }

  private Kind kind(byte[] bytes, int length) {
    int sample = Math.min(length, Math.clamp(length / PART, SMALLEST_SAMPLE, LARGEST_SAMPLE));
    int from = (length - sample) / 2;
    int plain = deflate(Kind.HUFFMAN, bytes, from, sample, true).length();
    int searched = deflate(Kind.SEARCH, bytes, from, sample, true).length();
    return searched < plain - plain / WORTH ? Kind.SEARCH : Kind.HUFFMAN;
  }

  private Packed deflate(Kind kind, byte[] bytes, int offset, int length, boolean last) {
    Queue<Deflater> free = kind == Kind.HUFFMAN ? huffman : search;
    Deflater deflater = free.poll();
    if (deflater == null) {
      deflater = new Deflater(Deflater.BEST_SPEED, true);
      if (kind == Kind.HUFFMAN) {
        deflater.setStrategy(Deflater.HUFFMAN_ONLY);
      }
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
    huffman.forEach(Deflater::end);
    search.forEach(Deflater::end);
  }
}
