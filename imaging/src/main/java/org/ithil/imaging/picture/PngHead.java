package org.ithil.imaging.picture;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.picture.PictureException.Problem;
import org.ithil.imaging.picture.PictureHeader.Coding;
import org.ithil.imaging.picture.PictureHeader.Kind;
import org.ithil.imaging.picture.PictureHeader.Process;

/**
 * The head of a PNG file (ISO/IEC 15948 5 and 11.2.2).
 *
 * <pre>
 * 89 'P' 'N' 'G' 0D 0A 1A 0A | length 13 | "IHDR" | width u32 | height u32
 *   | bit depth | colour type | compression | filter | interlace | CRC
 * </pre>
 */
final class PngHead {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int IHDR = 0x49484452;
  private static final int LENGTH = 29;

  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private PngHead() {}

  static PictureHeader read(ByteSource file) throws IOException {
    ByteBuffer head;
    try {
      head = ByteBuffer.wrap(file.read(0, LENGTH));
    } catch (EOFException e) {
      throw new PictureException(Problem.DAMAGED, "The PNG file ends in its head", e);
    }
    if (head.getLong() != SIGNATURE || head.getInt() != 13 || head.getInt() != IHDR) {
      throw new PictureException(Problem.DAMAGED, "This is no PNG file");
    }
    int columns = head.getInt();
    int rows = head.getInt();
    int bits = head.get();
    int colour = head.get();
    if (columns < 1 || rows < 1) {
      throw new PictureException(Problem.DAMAGED, "A PNG file without pixels");
    }
    return switch (colour) {
      case GRAY -> header(columns, rows, 1, bits, Coding.GRAY);
      case RGB -> header(columns, rows, 3, bits, Coding.RGB);
      case PALETTE -> header(columns, rows, 1, bits, Coding.PALETTE);
      case GRAY_ALPHA -> header(columns, rows, 2, bits, Coding.GRAY);
      case RGB_ALPHA -> header(columns, rows, 4, bits, Coding.RGB);
      default -> throw new PictureException(Problem.DAMAGED, "A PNG file of no known colours");
    };
  }

  private static PictureHeader header(int columns, int rows, int samples, int bits, Coding coding) {
    return new PictureHeader(Kind.PNG, columns, rows, samples, bits, coding, Process.SEQUENTIAL);
  }
}
