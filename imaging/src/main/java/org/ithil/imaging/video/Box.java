package org.ithil.imaging.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.video.VideoException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A box of an MP4 file (ISO/IEC 14496-12 4.2).
 *
 * <pre>
 * size u32 | type | (size u64 if size is 1) | content; size 0: to the end of the file
 * </pre>
 *
 * @param type its four letters
 * @param start of the content in the file
 * @param end behind the content
 */
record Box(ByteSource file, String type, long start, long end) {
  private static final int MOST = 4096;
  private static final int MOST_CONTENT = 1 << 20;

  /** The whole file, as if it were a box. */
  static Box all(ByteSource file) {
    return new Box(file, "", 0, file.size());
  }

  /**
   * The boxes inside, in order.
   *
   * @param skipped bytes of content before the first one
   */
  List<Box> boxes(int skipped) throws IOException {
    List<Box> boxes = new ArrayList<>();
    for (long at = start + skipped; at + 8 <= end; ) {
      if (boxes.size() >= MOST) {
        throw damaged("has too many boxes");
      }
      ByteBuffer head = ByteBuffer.wrap(file.read(at, 8));
      long size = head.getInt() & 0xffffffffL;
      byte[] letters = new byte[4];
      head.get(letters);
      long content = at + 8;
      if (size == 1) {
        size = ByteBuffer.wrap(file.read(content, 8)).getLong();
        content += 8;
      } else if (size == 0) {
        size = end - at;
      }
      if (size < content - at || size > end - at) {
        throw damaged("has a box of a wrong size");
      }
      boxes.add(
          new Box(
              file,
              new String(letters, java.nio.charset.StandardCharsets.ISO_8859_1),
              content,
              at + size));
      at += size;
    }
    return boxes;
  }

  /** The first box of a type inside, or null. */
  @Nullable Box find(String wanted) throws IOException {
    for (Box box : boxes(0)) {
      if (box.type.equals(wanted)) {
        return box;
      }
    }
    return null;
  }

  /** The first box of a type inside, which has to be there. */
  Box need(String wanted) throws IOException {
    Box box = find(wanted);
    if (box == null) {
      throw damaged("has no " + wanted);
    }
    return box;
  }

  /** The box that a chain of types leads to. */
  Box need(String... path) throws IOException {
    Box at = this;
    for (String step : path) {
      at = at.need(step);
    }
    return at;
  }

  /** The first bytes of the content, or all if there are not so many. */
  ByteBuffer content(int most) throws IOException {
    return ByteBuffer.wrap(
        file.read(start, (int) Math.min(Math.min(most, MOST_CONTENT), end - start)));
  }

  static VideoException damaged(String what) {
    return new VideoException(Problem.DAMAGED, "The MP4 file " + what);
  }
}
