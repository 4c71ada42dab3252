package org.ithil.dicom.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which fragments of encapsulated pixel data make up which frame, PS3.5 A.4.
 *
 * <p>Known from, in this order: the Extended Offset Table (7FE0,0001), the Basic Offset Table (the
 * first fragment), Number of Frames (0028,0008) if it is 1 or the number of fragments, marks of a
 * new image (JPEG, JPEG-LS, JPEG 2000) at the start of fragments. Failing that, each fragment is a
 * frame. A table that points elsewhere than to starts of fragments is not believed.
 */
public final class EncapsulatedFrames {
  private static final int EXTENDED_OFFSET_TABLE = 0x7fe00001;
  private static final int NUMBER_OF_FRAMES = 0x00280008;
  private static final int PIXEL_DATA = 0x7fe00010;

  private final List<Value> fragments;

  /** Index of the first fragment of each frame, and behind them the number of fragments. */
  private final int[] firsts;

  private EncapsulatedFrames(List<Value> fragments, int[] firsts) {
    this.fragments = fragments;
    this.firsts = firsts;
  }

  /**
   * The frames of a data set, or null if its Pixel Data is not encapsulated.
   *
   * @param values where its located values lie
   */
  public static @Nullable EncapsulatedFrames of(DataSet dataSet, ByteSource values)
      throws IOException {
    Element pixels = dataSet.get(PIXEL_DATA);
    if (pixels == null || !(pixels.value() instanceof Value.Fragments(List<Value> all))) {
      return null;
    }
    if (all.size() < 2) {
      return new EncapsulatedFrames(List.of(), new int[] {0});
    }
    List<Value> fragments = all.subList(1, all.size());
    Element extended = dataSet.get(EXTENDED_OFFSET_TABLE);
    long[] offsets = offsets(extended == null ? Value.EMPTY : extended.value(), 8, values);
    int[] firsts = firsts(fragments, offsets);
    if (firsts == null) {
      firsts = firsts(fragments, offsets(all.getFirst(), 4, values));
    }
    if (firsts == null) {
      firsts = guess(fragments, dataSet.integer(NUMBER_OF_FRAMES), values);
    }
    return new EncapsulatedFrames(fragments, firsts);
  }

  /** Number of frames. */
  public int count() {
    return firsts.length - 1;
  }

  /**
   * The fragments of a frame, in order: {@link Value.Bytes} or {@link Value.Located}.
   *
   * @param frame from 0
   * @throws IndexOutOfBoundsException if there is no such frame
   */
  public List<Value> fragments(int frame) {
    return fragments.subList(firsts[frame], firsts[frame + 1]);
  }

  /** Number of bytes of a frame, its padding included. */
  public long length(int frame) {
    long length = 0;
    for (Value fragment : fragments(frame)) {
      length += fragment.length();
    }
    return length;
  }

  /** Numbers of a table; none if it is no table. */
  private static long[] offsets(Value table, int unit, ByteSource values) throws IOException {
    byte[] bytes;
    switch (table) {
      case Value.Bytes(byte[] b) -> bytes = b;
      case Value.Located(long offset, long length, boolean _)
          when length <= Integer.MAX_VALUE - 8 ->
          bytes = values.read(offset, (int) length);
      default -> bytes = new byte[0];
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long[] offsets = new long[bytes.length / unit];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = unit == 8 ? buffer.getLong() : buffer.getInt() & 0xffffffffL;
    }
    return offsets;
  }

  /**
   * Where the frames start, by offsets counted from the first byte of the first item behind the
   * offset table; null if they do not fit the fragments.
   */
  private static int @Nullable [] firsts(List<Value> fragments, long[] offsets) {
    if (offsets.length == 0 || offsets[0] != 0) {
      return null;
    }
    int[] firsts = new int[offsets.length + 1];
    int found = 0;
    long position = 0;
    for (int i = 0; i < fragments.size(); i++) {
      if (found < offsets.length && offsets[found] == position) {
        firsts[found++] = i;
      }
      long length = fragments.get(i).length();
      position += 8 + length + (length & 1);
    }
    firsts[offsets.length] = fragments.size();
    return found == offsets.length ? firsts : null;
  }

  private static int[] guess(List<Value> fragments, OptionalInt frames, ByteSource values)
      throws IOException {
    int n = fragments.size();
    if (frames.orElse(1) == 1) {
      return new int[] {0, n};
    }
    if (frames.getAsInt() < n) {
      List<Integer> starts = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        if (startsImage(fragments.get(i), values)) {
          starts.add(i);
        }
      }
      if (starts.size() == frames.getAsInt() && starts.getFirst() == 0) {
        starts.add(n);
        return starts.stream().mapToInt(Integer::intValue).toArray();
      }
    }
    int[] each = new int[n + 1];
    for (int i = 0; i <= n; i++) {
      each[i] = i;
    }
    return each;
  }

  /** FF D8 starts an image of the JPEG family, FF 4F FF 51 one of JPEG 2000. */
  private static boolean startsImage(Value fragment, ByteSource values) throws IOException {
    if (fragment.length() < 4) {
      return false;
    }
    byte[] head =
        switch (fragment) {
          case Value.Bytes(byte[] bytes) -> bytes;
          case Value.Located(long offset, long _, boolean _) -> values.read(offset, 4);
          case Value.Items _, Value.Fragments _ -> new byte[4];
        };
    int mark = ByteBuffer.wrap(head).getInt();
    return mark >>> 16 == 0xffd8 || mark == 0xff4fff51;
  }
}
