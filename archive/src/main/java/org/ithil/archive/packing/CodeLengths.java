package org.ithil.archive.packing;

import java.util.Arrays;

/**
 * The Huffman code of an alphabet, canonical as RFC 1951 3.2.2 wants it.
 *
 * @param lengths bits of the code of each symbol; 0 for those that do not occur
 * @param longest the longest of them
 */
@SuppressWarnings("ArrayRecordComponent")
record CodeLengths(int[] lengths, int longest) {

  /**
   * The best code for symbols that occur so often, or nearly: codes that would be longer than the
   * limit are cut, and others get longer for them.
   */
  static CodeLengths of(int[] counts, int limit) {
    long[] queue = new long[counts.length]; // count and symbol, rarest first
    int used = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      if (counts[symbol] > 0) {
        queue[used++] = (long) counts[symbol] << 16 | symbol;
      }
    }
    int[] lengths = new int[counts.length];
    if (used == 1) {
      lengths[(int) (queue[0] & 0xffff)] = 1;
      return new CodeLengths(lengths, 1);
    }
    Arrays.sort(queue, 0, used);
    int[] depths = depths(queue, used);
    cut(depths, limit);
    int longest = 0;
    for (int i = 0; i < used; i++) {
      lengths[(int) (queue[i] & 0xffff)] = depths[i];
      longest = Math.max(longest, depths[i]);
    }
    return new CodeLengths(lengths, longest);
  }

  /** Depths of the leaves in the tree: the two rarest nodes are joined until one is left. */
  private static int[] depths(long[] leaves, int used) {
    int nodes = used - 1;
    long[] weights = new long[nodes];
    int[] parents = new int[used + nodes]; // leaves, then inner nodes in the order of their making
    int leaf = 0;
    int inner = 0;
    for (int made = 0; made < nodes; made++) {
      for (int child = 0; child < 2; child++) {
        boolean takesLeaf = leaf < used && (inner == made || leaves[leaf] >>> 16 <= weights[inner]);
        weights[made] += takesLeaf ? leaves[leaf] >>> 16 : weights[inner];
        parents[takesLeaf ? leaf++ : used + inner++] = used + made;
      }
    }
    int[] depth = new int[used + nodes];
    for (int node = used + nodes - 2; node >= 0; node--) {
      depth[node] = depth[parents[node]] + 1;
    }
    return Arrays.copyOf(depth, used);
  }

  /**
   * Brings depths, of which the first are the largest, below a limit: what the cut ones take too
   * much of the code space (Kraft's sum above 1), the next ones give by getting longer.
   */
  private static void cut(int[] depths, int limit) {
    long space = 0;
    for (int i = 0; i < depths.length; i++) {
      depths[i] = Math.min(depths[i], limit);
      space += 1L << (limit - depths[i]);
    }
    long whole = 1L << limit;
    while (space > whole) {
      int i = 0;
      while (depths[i] == limit) {
        i++;
      }
      space -= 1L << (limit - depths[i] - 1);
      depths[i]++;
    }
    // What is too much given back: the most frequent ones first.
    for (int i = depths.length - 1; i >= 0; i--) {
      while (depths[i] > 1 && space + (1L << (limit - depths[i])) <= whole) {
        space += 1L << (limit - depths[i]);
        depths[i]--;
      }
    }
  }

  /** Bits that symbols need which occur so often. */
  long bits(int[] counts) {
    long sum = 0;
    for (int symbol = 0; symbol < counts.length; symbol++) {
      sum += (long) counts[symbol] * lengths[symbol];
    }
    return sum;
  }

  /** For each symbol its code, as it is written (first bit lowest), times 16, plus its length. */
  int[] entries() {
    int[] next = new int[longest + 2];
    for (int length : lengths) {
      if (length > 0) {
        next[length + 1]++;
      }
    }
    for (int length = 1; length < next.length; length++) {
      next[length] = (next[length] + next[length - 1]) << 1;
    }
    int[] entries = new int[lengths.length];
    for (int symbol = 0; symbol < lengths.length; symbol++) {
      int length = lengths[symbol];
      if (length > 0) {
        int code = next[length]++;
        entries[symbol] = Integer.reverse(code) >>> (32 - length) << 4 | length;
      }
    }
    return entries;
  }
}
