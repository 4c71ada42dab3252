package org.ithil.archive.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;

class DeflationTest {
  private static byte[] inflated(byte[] bytes) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    inflater.setInput(bytes);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] piece = new byte[8192];
    while (!inflater.finished()) {
      int n = inflater.inflate(piece);
      assertThat(n > 0 || inflater.finished()).isTrue();
      out.write(piece, 0, n);
    }
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    return out.toByteArray();
  }

  /** Noise, zeros, text, in some order. */
  private static byte[] mixed(Random random, int length) {
    byte[] bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int end = Math.min(length, at + 1 + random.nextInt(50_000));
      int bits = random.nextInt(9);
      for (; at < end; at++) {
        bytes[at] = (byte) random.nextInt(1 << bits);
      }
    }
    return bytes;
  }

  @Test
  void pieces_make_one_stream() throws Exception {
    try (Deflation deflation = new Deflation()) {
      for (int seed = 0; seed < 30; seed++) {
        Random random = new Random(seed);
        byte[] all = mixed(random, random.nextInt(400_000));
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        int at = 0;
        do {
          int end = Math.min(all.length, at + 1 + random.nextInt(100_000));
          byte[] piece = Arrays.copyOfRange(all, at, end);
          Deflation.Packed next = deflation.piece(piece, piece.length, end == all.length);
          packed.write(next.bytes(), 0, next.length());
          at = end;
        } while (at < all.length);
        assertThat(inflated(packed.toByteArray())).as("seed %d", seed).isEqualTo(all);
      }
    }
  }

  @Test
  void packs_nothing_and_noise() throws Exception {
    try (Deflation deflation = new Deflation()) {
      for (int length : new int[] {0, 1, 2, 100, 70_000}) {
        byte[] noise = new byte[length];
        new Random(1).nextBytes(noise);
        Deflation.Packed packed = deflation.whole(noise, length);
        assertThat(inflated(Arrays.copyOf(packed.bytes(), packed.length()))).isEqualTo(noise);
      }
    }
  }

  @Test
  void sees_where_a_search_for_repetitions_is_worth_it() {
    try (Deflation deflation = new Deflation()) {
      byte[] empty = new byte[500_000];
      assertThat(deflation.whole(empty, empty.length).length()).isLessThan(5_000);
    }
  }
}
