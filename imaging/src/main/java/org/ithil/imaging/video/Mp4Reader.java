package org.ithil.imaging.video;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.video.Video.Codec;
import org.ithil.imaging.video.VideoException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Finds the video of an MP4 file and its codec: profile and level stand in the decoder's
 * configuration, so that no picture has to be looked at.
 *
 * <pre>
 * moov: trak*: mdia: mdhd (time scale, duration), hdlr (vide, soun),
 *                    minf: stbl: stsd: avc1|avc3: avcC, hvc1|hev1: hvcC
 *                                stsz (number of samples)
 * </pre>
 */
final class Mp4Reader {
  /** Bytes of a visual sample entry before the boxes in it (ISO/IEC 14496-12 12.1.3). */
  private static final int VISUAL_ENTRY = 78;

  private static final int AVC_BASELINE = 66;
  private static final int AVC_MAIN = 77;
  private static final int AVC_HIGH = 100;
  private static final int AVC_STEREO = 128;
  private static final int AVC_4_1 = 41;
  private static final int AVC_4_2 = 42;
  private static final int HEVC_MAIN = 1;
  private static final int HEVC_MAIN_10 = 2;
  private static final int HEVC_5_1 = 153;

  private Mp4Reader() {}

  static Video read(ByteSource file) throws IOException {
    Box all = Box.all(file);
    Box first = all.boxes(0).stream().findFirst().orElseThrow(() -> Box.damaged("is empty"));
    if (!first.type().equals("ftyp")) {
      throw Box.damaged("does not begin with its type");
    }
    Box movie = all.need("moov");
    Box video = null;
    boolean audio = false;
    for (Box track : movie.boxes(0)) {
      if (!track.type().equals("trak")) {
        continue;
      }
      switch (handler(track)) {
        case "vide" -> {
          if (video != null) {
            throw unsupported("an MP4 file of several videos");
          }
          video = track;
        }
        case "soun" -> audio = true;
        default -> {}
      }
    }
    if (video == null) {
      throw unsupported("an MP4 file without video");
    }
    try {
      return video(video.need("mdia"), audio);
    } catch (BufferUnderflowException e) {
      throw new VideoException(Problem.DAMAGED, "The MP4 file has a box that is too short", e);
    }
  }

  private static String handler(Box track) throws IOException {
    ByteBuffer content = track.need("mdia", "hdlr").content(12);
    if (content.limit() < 12) {
      throw Box.damaged("has a track without handler");
    }
    byte[] type = new byte[4];
    content.get(8, type);
    return new String(type, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static Video video(Box media, boolean audio) throws IOException {
    Box table = media.need("minf", "stbl");
    int frames = table.need("stsz").content(12).getInt(8);
    if (frames < 1) {
      throw unsupported("an MP4 file in fragments or without pictures: join it to one piece first");
    }
    double seconds = seconds(media.need("mdhd").content(36));
    if (!(seconds > 0)) {
      throw Box.damaged("has a video without duration");
    }
    Box entry = entry(table.need("stsd"));
    ByteBuffer visual = entry.content(VISUAL_ENTRY);
    int columns = visual.getShort(24) & 0xffff;
    int rows = visual.getShort(26) & 0xffff;
    if (columns == 0 || rows == 0) {
      throw Box.damaged("has pictures without pixels");
    }
    Codec codec = codec(entry);
    int bits = codec == Codec.HEVC_MAIN_10_5_1 ? 10 : 8;
    return new Video(columns, rows, frames, 1000 * seconds / frames, bits, codec, audio);
  }

  private static double seconds(ByteBuffer header) {
    boolean wide = header.get(0) == 1;
    long scale = header.getInt(wide ? 20 : 12) & 0xffffffffL;
    long duration = wide ? header.getLong(24) : header.getInt(16) & 0xffffffffL;
    return scale == 0 ? 0 : (double) duration / scale;
  }

  /** The only sample entry: pictures of one kind. */
  private static Box entry(Box descriptions) throws IOException {
    java.util.List<Box> entries = descriptions.boxes(8);
    if (entries.size() != 1) {
      throw unsupported("an MP4 file whose video changes its kind");
    }
    return entries.getFirst();
  }

  private static Codec codec(Box entry) throws IOException {
    @Nullable Box configuration = null;
    for (Box inner : entry.boxes(VISUAL_ENTRY)) {
      if (inner.type().equals("avcC") || inner.type().equals("hvcC")) {
        configuration = inner;
      }
    }
    if (configuration == null) {
      throw unsupported("video of the codec " + entry.type().strip());
    }
    ByteBuffer content = configuration.content(32);
    return configuration.type().equals("avcC") ? avc(content) : hevc(content);
  }

  /**
   * ISO/IEC 14496-15 5.3.3: version, profile, compatibility, level. Whoever decodes High Profile
   * decodes Main and Constrained Baseline as well (ISO/IEC 14496-10 A.2).
   */
  private static Codec avc(ByteBuffer configuration) throws VideoException {
    int profile = configuration.get(1) & 0xff;
    boolean alsoMain = (configuration.get(2) & 0x40) != 0;
    int level = configuration.get(3) & 0xff;
    boolean high =
        profile == AVC_HIGH || profile == AVC_MAIN || profile == AVC_BASELINE && alsoMain;
    if (high && level <= AVC_4_1) {
      return Codec.AVC_HIGH_4_1;
    }
    if (high && level <= AVC_4_2) {
      return Codec.AVC_HIGH_4_2;
    }
    if (profile == AVC_STEREO && level <= AVC_4_2) {
      return Codec.AVC_STEREO_4_2;
    }
    throw unsupported("H.264 of profile " + profile + " and level " + level / 10.0);
  }

  /**
   * ISO/IEC 14496-15 8.3.3: version, profile, compatibility of 4 and constraints of 6 bytes, level.
   */
  private static Codec hevc(ByteBuffer configuration) throws VideoException {
    int profile = configuration.get(1) & 0x1f;
    int level = configuration.get(12) & 0xff;
    if (level <= HEVC_5_1 && profile == HEVC_MAIN) {
      return Codec.HEVC_MAIN_5_1;
    }
    if (level <= HEVC_5_1 && profile == HEVC_MAIN_10) {
      return Codec.HEVC_MAIN_10_5_1;
    }
    throw unsupported("H.265 of profile " + profile + " and level " + level / 30.0);
  }

  private static VideoException unsupported(String what) {
    return new VideoException(Problem.UNSUPPORTED, "DICOM has no transfer syntax for " + what);
  }
}
