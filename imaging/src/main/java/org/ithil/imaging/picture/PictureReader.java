package org.ithil.imaging.picture;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.picture.PictureException.Problem;
import org.ithil.imaging.picture.PictureHeader.Coding;
import org.ithil.imaging.picture.PictureHeader.Kind;
import org.ithil.imaging.picture.PictureHeader.Process;

/**
 * Decodes PNG and JPEG files. Taken are gray of 8 and 16 bits, RGB of 8 bits, and RGB of 8 bits
 * with alpha, which is dropped; in a JPEG, gray and colour of 8 bits. The head of a file is read
 * first: nothing is allocated for pixels beyond the {@link PictureRules}, and those of several
 * pictures wait for each other. Safe for concurrent use.
 */
public final class PictureReader {
  private static final int UNIT = 1 << 10;

  private final PictureRules rules;
  private final Memory memory;

  public PictureReader(PictureRules rules) {
    this.rules = rules;
    this.memory = new Memory((int) Math.clamp(rules.memory() / UNIT, 1, Integer.MAX_VALUE));
  }

  /**
   * What the head of a picture says, if the picture is taken: it may be decoded.
   *
   * @throws PictureException if it is broken, of another kind, or too large
   */
  public PictureHeader header(Kind kind, ByteSource file) throws IOException {
    PictureHeader header = PictureHeader.read(kind, file);
    if (!isTaken(header)) {
      throw new PictureException(
          Problem.UNSUPPORTED,
          "No DICOM pixels are made of "
              + header.kind()
              + " "
              + header.coding().name().toLowerCase(Locale.ROOT)
              + " of "
              + header.samples()
              + " x "
              + header.bits()
              + " bits");
    }
    if (header.columns() > rules.dimension() || header.rows() > rules.dimension()) {
      throw new PictureException(
          Problem.TOO_LARGE,
          "A picture of "
              + header.columns()
              + " x "
              + header.rows()
              + " pixels, at most "
              + rules.dimension()
              + " are allowed");
    }
    return header;
  }

  private static boolean isTaken(PictureHeader header) {
    if (header.process() == Process.OTHER) {
      return false;
    }
    return switch (header.coding()) {
      case GRAY -> header.samples() == 1 && (header.bits() == 8 || isWordOfPng(header));
      case RGB, YCC -> header.bits() == 8;
      case PALETTE, CMYK -> false;
    };
  }

  private static boolean isWordOfPng(PictureHeader header) {
    return header.kind() == Kind.PNG && header.bits() == 16;
  }

  /**
   * Decodes a picture. Orientation that EXIF tells of, gamma and colour profiles are not applied.
   *
   * @throws PictureException if it is broken, of another kind, or too large
   */
  public Picture read(Kind kind, ByteSource file) throws IOException {
    PictureHeader header = header(kind, file);
    // The decoder's own samples, a row in its hands, and those of the result.
    long pixels = (long) header.columns() * header.rows();
    long result = pixels * Math.min(header.samples(), 3) * header.bits() / 8;
    long bytes = result + pixels * header.samples() * header.bits() / 8;
    if (bytes > rules.memory() || result > Integer.MAX_VALUE - 8) {
      throw new PictureException(
          Problem.TOO_LARGE,
          "A picture that takes " + bytes + " bytes, at most " + rules.memory() + " are allowed");
    }
    try (Memory.Share _ = memory.take((int) Math.ceilDiv(bytes, UNIT))) {
      return decoded(header, file);
    }
  }

  private static Picture decoded(PictureHeader header, ByteSource file) throws IOException {
    Iterator<ImageReader> readers =
        ImageIO.getImageReadersByFormatName(header.kind().name().toLowerCase(Locale.ROOT));
    ImageReader reader = readers.next();
    try (ImageInputStream in = new PictureStream(file)) {
      reader.setInput(in, true, true);
      BufferedImage image = reader.read(0);
      int samples = header.coding() == Coding.GRAY ? 1 : 3;
      Raster raster = image.getRaster();
      if (raster.getNumBands() < samples
          || raster.getWidth() != header.columns()
          || raster.getHeight() != header.rows()) {
        throw new PictureException(Problem.UNSUPPORTED, "A picture that contradicts its head");
      }
      return header.bits() == 16 ? words(header, raster) : octets(header, samples, raster);
    } catch (PictureException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Broken files make the decoders fail in many ways.
      throw new PictureException(Problem.DAMAGED, "The picture cannot be decoded", e);
    } finally {
      reader.dispose();
    }
  }

  private static Picture octets(PictureHeader header, int samples, Raster raster) {
    int width = header.columns();
    byte[] pixels = new byte[width * header.rows() * samples];
    int bands = raster.getNumBands();
    int[] row = new int[width * bands];
    int at = 0;
    for (int y = 0; y < header.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        for (int s = 0; s < samples; s++) {
          pixels[at++] = (byte) row[x * bands + s];
        }
      }
    }
    return new Picture(width, header.rows(), samples, 8, pixels);
  }

  private static Picture words(PictureHeader header, Raster raster) {
    int width = header.columns();
    byte[] pixels = new byte[width * header.rows() * 2];
    int[] row = new int[width * raster.getNumBands()];
    int at = 0;
    for (int y = 0; y < header.rows(); y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int sample = row[x * raster.getNumBands()];
        pixels[at++] = (byte) sample;
        pixels[at++] = (byte) (sample >> 8);
      }
    }
    return new Picture(width, header.rows(), 1, 16, pixels);
  }
}
