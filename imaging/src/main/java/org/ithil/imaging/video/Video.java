package org.ithil.imaging.video;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.video.VideoException.Problem;

/**
 * What the boxes of an MP4 file tell of its video.
 *
 * @param columns width in pixels
 * @param rows height in pixels
 * @param frames how many
 * @param frameTime milliseconds from one to the next, on average
 * @param bits of a sample: 8 or 10
 * @param codec how it is coded
 * @param audio whether there is sound
 */
public record Video(
    int columns, int rows, int frames, double frameTime, int bits, Codec codec, boolean audio) {
  /** Compressions that DICOM has transfer syntaxes for. */
  public enum Codec {
    /** H.264, up to High Profile and Level 4.1. */
    AVC_HIGH_4_1("1.2.840.10008.1.2.4.102", "ISO_14496_10"),
    /** H.264, High Profile and Level 4.2. */
    AVC_HIGH_4_2("1.2.840.10008.1.2.4.104", "ISO_14496_10"),
    /** H.264, Stereo High Profile, up to Level 4.2. */
    AVC_STEREO_4_2("1.2.840.10008.1.2.4.106", "ISO_14496_10"),
    /** H.265, Main Profile, up to Level 5.1. */
    HEVC_MAIN_5_1("1.2.840.10008.1.2.4.107", "ISO_23008_2"),
    /** H.265, Main 10 Profile, up to Level 5.1. */
    HEVC_MAIN_10_5_1("1.2.840.10008.1.2.4.108", "ISO_23008_2");

    private final String transferSyntax;
    private final String method;

    Codec(String transferSyntax, String method) {
      this.transferSyntax = transferSyntax;
      this.method = method;
    }

    /** The UID for a video of one fragment. */
    public String transferSyntax() {
      return transferSyntax;
    }

    /** The UID for one of several fragments; empty text if there is none. */
    public String fragmentable() {
      return method.equals("ISO_23008_2") ? "" : transferSyntax + ".1";
    }

    /** The defined term of Lossy Image Compression Method (0028,2114). */
    public String method() {
      return method;
    }
  }

  /** Whether bytes begin as an MP4 file does. */
  public static boolean isMp4(ByteSource file) throws IOException {
    return file.size() >= 8
        && new String(file.read(4, 4), StandardCharsets.ISO_8859_1).equals("ftyp");
  }

  /**
   * Looks into an MP4 file; its pictures are neither read nor decoded.
   *
   * @throws VideoException if it is broken, or DICOM has no transfer syntax for it
   */
  public static Video read(ByteSource file) throws IOException {
    try {
      return Mp4Reader.read(file);
    } catch (EOFException e) {
      throw new VideoException(Problem.DAMAGED, "The MP4 file ends too early", e);
    }
  }
}
