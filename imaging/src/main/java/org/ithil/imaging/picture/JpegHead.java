package org.ithil.imaging.picture;

import java.io.EOFException;
import java.io.IOException;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.picture.PictureException.Problem;
import org.ithil.imaging.picture.PictureHeader.Coding;
import org.ithil.imaging.picture.PictureHeader.Kind;
import org.ithil.imaging.picture.PictureHeader.Process;

/**
 * The marker segments of a JPEG file up to its first frame (ISO/IEC 10918-1 B).
 *
 * <pre>
 * FF D8 | (FF marker | length u16 | content)*
 * SOF: precision u8 | lines u16 | samples per line u16 | components u8 | (id, sampling, table)*
 * APP14: "Adobe" | version u16 | flags u16 | flags u16 | transform u8
 * </pre>
 */
final class JpegHead {
  private static final int SOI = 0xffd8;
  private static final int APP0 = 0xe0;
  private static final int APP14 = 0xee;
  private static final int SOS = 0xda;
  private static final int EOI = 0xd9;
  private static final int ADOBE_TRANSFORM = 11;

  private JpegHead() {}

  static PictureHeader read(ByteSource file) throws IOException {
    try {
      return walk(file);
    } catch (EOFException e) {
      throw new PictureException(Problem.DAMAGED, "The JPEG file ends in its head", e);
    }
  }

  private static PictureHeader walk(ByteSource file) throws IOException {
    if (u16(file, 0) != SOI) {
      throw new PictureException(Problem.DAMAGED, "This is no JPEG file");
    }
    int transform = -1;
    boolean jfif = false;
    for (long at = 2; ; ) {
      int marker = u16(file, at);
      if (marker == 0xffff) { // a fill byte
        at++;
        continue;
      }
      int code = marker & 0xff;
      int length = u16(file, at + 2);
      if (marker >> 8 != 0xff || length < 2 || code == SOS || code == EOI) {
        throw new PictureException(Problem.DAMAGED, "The JPEG file has no frame");
      }
      if (isFrame(code)) {
        return frame(file.read(at + 4, length - 2), code, jfif, transform);
      }
      if (code == APP0 && length >= 7) {
        jfif |= startsWith(file.read(at + 4, 5), "JFIF");
      }
      if (code == APP14 && length >= 2 + ADOBE_TRANSFORM + 1) {
        byte[] content = file.read(at + 4, ADOBE_TRANSFORM + 1);
        transform = startsWith(content, "Adobe") ? content[ADOBE_TRANSFORM] : transform;
      }
      at += 2 + length;
    }
  }

  /** SOF0 to SOF15, of which C4, C8 and CC are other markers. */
  private static boolean isFrame(int code) {
    return code >= 0xc0 && code <= 0xcf && code != 0xc4 && code != 0xc8 && code != 0xcc;
  }

  private static PictureHeader frame(byte[] frame, int marker, boolean jfif, int transform)
      throws PictureException {
    if (frame.length < 6 || frame.length < 6 + 3 * (frame[5] & 0xff)) {
      throw new PictureException(Problem.DAMAGED, "The JPEG file has a frame that is too short");
    }
    int rows = (frame[1] & 0xff) << 8 | frame[2] & 0xff;
    int columns = (frame[3] & 0xff) << 8 | frame[4] & 0xff;
    int components = frame[5] & 0xff;
    if (rows == 0 || columns == 0) {
      throw new PictureException(Problem.DAMAGED, "A JPEG file without pixels");
    }
    Coding coding =
        switch (components) {
          case 1 -> Coding.GRAY;
          case 3 -> isRgb(frame, jfif, transform) ? Coding.RGB : Coding.YCC;
          default -> Coding.CMYK;
        };
    return new PictureHeader(
        Kind.JPEG, columns, rows, components, frame[0] & 0xff, coding, process(marker));
  }

  private static Process process(int marker) {
    return switch (marker) {
      case 0xc0 -> Process.SEQUENTIAL;
      case 0xc1 -> Process.EXTENDED;
      case 0xc2 -> Process.PROGRESSIVE;
      default -> Process.OTHER;
    };
  }

  /** As decoders do it: a note of JFIF or Adobe decides, then the names of the components. */
  private static boolean isRgb(byte[] frame, boolean jfif, int transform) {
    if (jfif) {
      return false;
    }
    return transform >= 0 ? transform == 0 : frame[6] == 'R' && frame[9] == 'G' && frame[12] == 'B';
  }

  private static boolean startsWith(byte[] bytes, String text) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static int u16(ByteSource file, long at) throws IOException {
    byte[] two = file.read(at, 2);
    return (two[0] & 0xff) << 8 | two[1] & 0xff;
  }
}
