package org.ithil.archive.packing;

import java.util.Arrays;

/**
 * The head of a block with codes of its own, RFC 1951 3.2.7: the lengths of the codes of literals,
 * and of one distance, as runs that are Huffman coded themselves.
 *
 * @param symbols 0 to 15 for a length, 16 to 18 for a run; above bit 5 how often less the least
 * @param count how many symbols
 * @param codes the code of the symbols
 * @param shown how many lengths of the codes of symbols are written
 */
@SuppressWarnings("ArrayRecordComponent")
record CodeTable(int[] symbols, int count, CodeLengths codes, int shown) {
  /** In which order the lengths of the codes of symbols are written. */
  private static final int[] ORDER = {
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
  };

  /** Bits of a run's repeat count, and the least of it: symbols 16, 17, 18. */
  private static final int[] EXTRA = {2, 3, 7};

  private static final int[] LEAST = {3, 3, 11};
  private static final int[] MOST = {6, 10, 138};

  private static final int AGAIN = 16;
  private static final int FEW_ZEROS = 17;
  private static final int MANY_ZEROS = 18;
  private static final int LONGEST_CODE = 7;

  static CodeTable of(CodeLengths literals) {
    int[] all = Arrays.copyOf(literals.lengths(), literals.lengths().length + 1);
    all[all.length - 1] = 1; // the distance
    int[] symbols = new int[all.length];
    int count = 0;
    int i = 0;
    while (i < all.length) {
      int run = 1;
      while (i + run < all.length && all[i + run] == all[i]) {
        run++;
      }
      int left = run;
      if (all[i] != 0) {
        symbols[count++] = all[i];
        left--;
      }
      while (left > 0) {
        int kind = all[i] != 0 ? AGAIN : left < LEAST[2] ? FEW_ZEROS : MANY_ZEROS;
        int n = Math.min(left, MOST[kind - AGAIN]);
        if (n < LEAST[kind - AGAIN]) {
          symbols[count++] = all[i];
          left--;
        } else {
          symbols[count++] = kind | (n - LEAST[kind - AGAIN]) << 5;
          left -= n;
        }
      }
      i += run;
    }
    return of(symbols, count);
  }

  private static CodeTable of(int[] symbols, int count) {
    int[] counts = new int[ORDER.length];
    for (int i = 0; i < count; i++) {
      counts[symbols[i] & 31]++;
    }
    CodeLengths codes = CodeLengths.of(counts, LONGEST_CODE);
    int shown = ORDER.length;
    while (shown > 4 && codes.lengths()[ORDER[shown - 1]] == 0) {
      shown--;
    }
    return new CodeTable(symbols, count, codes, shown);
  }

  private static int extra(int symbol) {
    return (symbol & 31) < AGAIN ? 0 : EXTRA[(symbol & 31) - AGAIN];
  }

  /** How many bits it needs. */
  long bits() {
    long sum = 3 + 5 + 5 + 4 + 3L * shown;
    for (int i = 0; i < count; i++) {
      sum += codes.lengths()[symbols[i] & 31] + extra(symbols[i]);
    }
    return sum;
  }

  void write(HuffmanCoding to) {
    to.put(0, 5);
    to.put(0, 5);
    to.put(shown - 4, 4);
    for (int i = 0; i < shown; i++) {
      to.put(codes.lengths()[ORDER[i]], 3);
    }
    int[] entries = codes.entries();
    for (int i = 0; i < count; i++) {
      int entry = entries[symbols[i] & 31];
      to.put(entry >>> 4, entry & 15);
      to.put(symbols[i] >>> 5, extra(symbols[i]));
    }
  }
}
