package org.ithil.archive.packing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 1951, checked by zlib. */
class HuffmanCodingTest {
  private final Random random = new Random(7);

  private static byte[] inflated(byte[] packed, int length, int size) throws DataFormatException {
    Inflater inflater = new Inflater(true);
    inflater.setInput(packed, 0, length);
    byte[] out = new byte[size + 1];
    int n = 0;
    while (!inflater.finished()) {
      int more = inflater.inflate(out, n, out.length - n);
      assertThat(more > 0 || inflater.finished()).as("the stream ends").isTrue();
      n += more;
    }
    assertThat(inflater.getRemaining()).isZero();
    inflater.end();
    return Arrays.copyOf(out, n);
  }

  private static void assertComesBack(byte[] bytes) throws DataFormatException {
    Deflation.Packed packed = HuffmanCoding.deflate(bytes, 0, bytes.length, true);
    assertThat(inflated(packed.bytes(), packed.length(), bytes.length)).isEqualTo(bytes);
  }

  private byte[] bytes(int length, IntUnaryOperator value) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) value.applyAsInt(i);
    }
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 255, 32_767, 32_768, 32_769, 65_536, 100_003})
  void bytes_of_every_length_and_kind_come_back(int length) throws DataFormatException {
    assertComesBack(bytes(length, i -> 0));
    assertComesBack(bytes(length, i -> i & 1));
    assertComesBack(bytes(length, i -> i));
    assertComesBack(bytes(length, i -> random.nextInt(256)));
    assertComesBack(bytes(length, i -> (int) (random.nextGaussian() * 3)));
    assertComesBack(bytes(length, i -> i % 2 == 0 ? (int) (random.nextGaussian() * 20) : 4));
    assertComesBack(bytes(length, i -> random.nextInt(1000) == 0 ? random.nextInt(256) : 9));
  }

  @Test
  void codes_that_would_be_too_long_are_cut() throws DataFormatException {
    // Counts that grow like Fibonacci's numbers give the deepest tree.
    byte[] bytes = new byte[32_768];
    int at = 0;
    int a = 1;
    int b = 1;
    for (int symbol = 0; at < bytes.length; symbol++) {
      int n = Math.min(a, bytes.length - at);
      Arrays.fill(bytes, at, at + n, (byte) symbol);
      at += n;
      int next = a + b;
      a = b;
      b = next;
    }
    assertComesBack(bytes);
    int[] counts = new int[40];
    long c = 1;
    long d = 1;
    for (int i = 0; i < counts.length; i++) {
      counts[i] = (int) c;
      long next = c + d;
      c = d;
      d = next;
    }
    for (int limit : new int[] {6, 7, 10, 15}) {
      CodeLengths codes = CodeLengths.of(counts, limit);
      assertThat(codes.longest()).isLessThanOrEqualTo(limit);
      double kraft = Arrays.stream(codes.lengths()).mapToDouble(l -> Math.pow(2, -l)).sum();
      assertThat(kraft).as("no code is wasted").isEqualTo(1);
    }
  }

  @Test
  void pieces_one_behind_another_make_one_stream() throws DataFormatException {
    byte[] all = bytes(250_000, i -> (int) (random.nextGaussian() * 10));
    byte[] packed = new byte[400_000];
    int length = 0;
    int from = 0;
    for (int n : new int[] {100_000, 1, 0, 149_999}) {
      boolean last = from + n == all.length;
      Deflation.Packed piece = HuffmanCoding.deflate(all, from, n, last);
      System.arraycopy(piece.bytes(), 0, packed, length, piece.length());
      length += piece.length();
      from += n;
    }
    assertThat(inflated(packed, length, all.length)).isEqualTo(all);
  }

  @Test
  void it_is_no_larger_than_what_zlib_makes_without_a_search() {
    byte[] noise = bytes(300_000, i -> i % 2 == 0 ? (int) (random.nextGaussian() * 25) : i >> 14);
    Deflater zlib = new Deflater(1, true);
    zlib.setStrategy(Deflater.HUFFMAN_ONLY);
    zlib.setInput(noise);
    zlib.finish();
    int size = 0;
    while (!zlib.finished()) {
      size += zlib.deflate(new byte[400_000]);
    }
    zlib.end();
    assertThat(HuffmanCoding.deflate(noise, 0, noise.length, true).length())
        .isLessThanOrEqualTo(size + size / 200);
    byte[] chance = new byte[100_000];
    random.nextBytes(chance);
    assertThat(HuffmanCoding.deflate(chance, 0, chance.length, true).length())
        .as("stored where codes do not help")
        .isLessThan(chance.length + 64);
  }
}
