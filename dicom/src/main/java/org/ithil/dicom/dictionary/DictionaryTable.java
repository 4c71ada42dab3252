package org.ithil.dicom.dictionary;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.ithil.dicom.encoding.Vr;
import org.jspecify.annotations.Nullable;

/**
 * A generated table as it lies in its resource; nothing is unpacked before it is asked for.
 *
 * <p>Layout, big endian:
 *
 * <pre>
 * "ITD1"
 * int C, then C creators, sorted: short length, ASCII ("" for the standard)
 * int N exact tags, int M ranges
 * N x long   number of the creator << 32 | tag, ascending
 * M x 7 short  number of the creator; group: low, high, parity; element: low, high, parity
 *              (parity 0 even, 1 odd, 2 both)
 * N+M x 3 short  VR (two letters, and the marks below); fewest, most values
 * N+M x int  where the name begins
 * N+M x int  rows in the order of their names
 * int length of the names, then each: short length, ASCII
 * </pre>
 */
final class DictionaryTable {
  private static final int MAGIC = 0x49544431;
  private static final int SIGN_MARK = 0x8000;
  private static final int LETTERS = 0x7f7f;

  private final String[] creators;
  private final long[] keys;
  private final short[] ranges;
  private final short[] meanings;
  private final int[] nameOffsets;
  private final int[] byName;
  private final ByteBuffer names;

  /** Names that were asked for. */
  private final @Nullable String[] unpacked;

  private DictionaryTable(ByteBuffer data) {
    if (data.getInt() != MAGIC) {
      throw new IllegalStateException("not a dictionary table");
    }
    creators = new String[data.getInt()];
    for (int i = 0; i < creators.length; i++) {
      creators[i] = text(data, data.position());
      data.position(data.position() + 2 + creators[i].length());
    }
    keys = new long[data.getInt()];
    ranges = new short[data.getInt() * 7];
    int rows = keys.length + ranges.length / 7;
    meanings = new short[rows * 3];
    nameOffsets = new int[rows];
    byName = new int[rows];
    data.asLongBuffer().get(keys);
    data.position(data.position() + keys.length * 8);
    data.asShortBuffer().get(ranges).get(meanings);
    data.position(data.position() + (ranges.length + meanings.length) * 2);
    data.asIntBuffer().get(nameOffsets).get(byName);
    data.position(data.position() + rows * 8);
    int length = data.getInt();
    names = data.slice(data.position(), length);
    unpacked = new String[rows];
  }

  static DictionaryTable load(String resource) {
    try (InputStream in = DictionaryTable.class.getResourceAsStream(resource)) {
      return new DictionaryTable(ByteBuffer.wrap(Objects.requireNonNull(in).readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Row of a tag of the standard, or -1. */
  int find(int tag) {
    int row = Arrays.binarySearch(keys, tag & 0xffffffffL);
    return row >= 0 ? row : findRange(0, tag);
  }

  /** Row of a private tag, in whatever block it is, or -1. */
  int findPrivate(int tag, String creator) {
    int number = Arrays.binarySearch(creators, creator);
    if (number < 0) {
      return -1;
    }
    int row = Arrays.binarySearch(keys, (long) number << 32 | (tag & 0xffffffffL));
    int inAnyBlock = tag & 0xffff00ff;
    if (row < 0) {
      row = Arrays.binarySearch(keys, (long) number << 32 | (inAnyBlock & 0xffffffffL));
    }
    if (row < 0) {
      row = findRange(number, tag);
    }
    return row >= 0 ? row : findRange(number, inAnyBlock);
  }

  private int findRange(int creator, int tag) {
    int group = tag >>> 16;
    int element = tag & 0xffff;
    for (int i = 0; i < ranges.length; i += 7) {
      if (ranges[i] == creator
          && isInside(group, ranges[i + 1], ranges[i + 2], ranges[i + 3])
          && isInside(element, ranges[i + 4], ranges[i + 5], ranges[i + 6])) {
        return keys.length + i / 7;
      }
    }
    return -1;
  }

  private static boolean isInside(int number, short low, short high, short parity) {
    return number >= (low & 0xffff)
        && number <= (high & 0xffff)
        && (parity == 2 || (number & 1) == parity);
  }

  /** Row with a name, or -1; of several the one with the lowest tag. */
  int findName(String name) {
    int low = 0;
    int high = byName.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (name(byName[middle]).compareTo(name) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < byName.length && name(byName[low]).equals(name) ? byName[low] : -1;
  }

  /** The tag of a row; of a range its lowest. */
  int tag(int row) {
    if (row < keys.length) {
      return (int) keys[row];
    }
    int at = (row - keys.length) * 7;
    return (ranges[at + 1] & 0xffff) << 16 | (ranges[at + 4] & 0xffff);
  }

  boolean isRange(int row) {
    return row >= keys.length;
  }

  int rows() {
    return byName.length;
  }

  Vr vr(int row) {
    Vr vr = Vr.of(meanings[row * 3] & LETTERS);
    return vr == null ? Vr.UN : vr;
  }

  boolean dependsOnSign(int row) {
    return (meanings[row * 3] & SIGN_MARK) != 0;
  }

  String name(int row) {
    String known = unpacked[row];
    if (known == null) {
      known = text(names, nameOffsets[row]);
      unpacked[row] = known; // two threads may both do this, to the same effect
    }
    return known;
  }

  DictionaryEntry entry(int row, int tag, @Nullable String creator) {
    return new DictionaryEntry(
        tag, vr(row), name(row), meanings[row * 3 + 1], meanings[row * 3 + 2], creator);
  }

  private static String text(ByteBuffer data, int offset) {
    byte[] letters = new byte[data.getShort(offset) & 0xffff];
    data.get(offset + 2, letters);
    return new String(letters, StandardCharsets.US_ASCII);
  }
}
