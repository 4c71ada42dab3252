package org.ithil.imaging.picture;

import java.io.IOException;
import org.ithil.dicom.data.ByteSource;

/**
 * What the first bytes of a PNG or JPEG file tell of its pixels, before anything is decoded.
 *
 * @param kind PNG or JPEG
 * @param columns width in pixels
 * @param rows height in pixels
 * @param samples samples of one pixel in the file, alpha included
 * @param bits bits of a sample
 * @param coding how they are coded
 * @param process how the file is compressed; SEQUENTIAL for a PNG
 */
public record PictureHeader(
    Kind kind, int columns, int rows, int samples, int bits, Coding coding, Process process) {
  /** The files that are taken. */
  public enum Kind {
    PNG,
    JPEG
  }

  /** How the samples of a pixel are coded in the file. */
  public enum Coding {
    /** Brightness, perhaps with alpha. */
    GRAY,
    /** Red, green, blue, perhaps with alpha. */
    RGB,
    /** Places in a palette. */
    PALETTE,
    /** Brightness and two differences of colour. */
    YCC,
    /** Four colours of ink. */
    CMYK
  }

  /** The coding processes of a JPEG file that differ for DICOM (PS3.5 8.2.1). */
  public enum Process {
    /** Baseline (SOF0). */
    SEQUENTIAL,
    /** Extended sequential (SOF1). */
    EXTENDED,
    /** Progressive (SOF2). */
    PROGRESSIVE,
    /** Any other, such as lossless or with arithmetic coding. */
    OTHER
  }

  /**
   * Reads the head of a file.
   *
   * @throws PictureException DAMAGED if it is no such file
   */
  public static PictureHeader read(Kind kind, ByteSource file) throws IOException {
    return switch (kind) {
      case PNG -> PngHead.read(file);
      case JPEG -> JpegHead.read(file);
    };
  }
}
