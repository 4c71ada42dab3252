package org.ithil.imaging.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.video.Video.Codec;
import org.ithil.imaging.video.VideoException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The boxes of MP4 files (ISO/IEC 14496-12) tell which transfer syntax of PS3.5 8.2 fits. */
class VideoTest {
  private static byte[] box(String type, byte[]... contents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      all.writeBytes(content);
    }
    return ByteBuffer.allocate(8 + all.size())
        .putInt(8 + all.size())
        .put(type.getBytes(StandardCharsets.ISO_8859_1))
        .put(all.toByteArray())
        .array();
  }

  private static byte[] mp4(String entry, byte[] configuration, int frames) {
    byte[] visual = new byte[78];
    ByteBuffer.wrap(visual).putShort(24, (short) 640).putShort(26, (short) 480);
    byte[] header = new byte[24];
    ByteBuffer.wrap(header).putInt(12, 1000).putInt(16, frames * 40);
    byte[] handler = new byte[24];
    ByteBuffer.wrap(handler).put(8, "vide".getBytes(StandardCharsets.ISO_8859_1));
    byte[] sizes = new byte[12];
    ByteBuffer.wrap(sizes).putInt(8, frames);
    byte[] table =
        box(
            "stbl",
            box("stsd", new byte[8], box(entry, visual, configuration)),
            box("stsz", sizes));
    byte[] track =
        box("trak", box("mdia", box("mdhd", header), box("hdlr", handler), box("minf", table)));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(box("ftyp", "isom".getBytes(StandardCharsets.ISO_8859_1)));
    file.writeBytes(box("mdat", new byte[100]));
    file.writeBytes(box("moov", track));
    return file.toByteArray();
  }

  private static byte[] avc(int profile, int constraints, int level) {
    return box(
        "avcC", new byte[] {1, (byte) profile, (byte) constraints, (byte) level, -1, -31, 0, 0});
  }

  private static byte[] hevc(int profile, int level) {
    byte[] configuration = new byte[23];
    configuration[0] = 1;
    configuration[1] = (byte) profile;
    configuration[12] = (byte) level;
    return box("hvcC", configuration);
  }

  private static Video read(byte[] file) throws IOException {
    return Video.read(ByteSource.of(file));
  }

  @Test
  void tells_size_frames_and_time_between_them() throws IOException {
    Video video = read(mp4("avc1", avc(100, 0, 40), 50));

    assertThat(video.columns()).isEqualTo(640);
    assertThat(video.rows()).isEqualTo(480);
    assertThat(video.frames()).isEqualTo(50);
    assertThat(video.frameTime()).isEqualTo(40);
    assertThat(video.audio()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, 41, AVC_HIGH_4_1",
    "77, 0, 31, AVC_HIGH_4_1",
    "66, 192, 30, AVC_HIGH_4_1",
    "100, 0, 42, AVC_HIGH_4_2",
    "128, 0, 42, AVC_STEREO_4_2"
  })
  void profile_and_level_choose_the_transfer_syntax(
      int profile, int constraints, int level, Codec codec) throws IOException {
    assertThat(read(mp4("avc1", avc(profile, constraints, level), 2)).codec()).isEqualTo(codec);
  }

  @Test
  void h265_has_transfer_syntaxes_of_its_own() throws IOException {
    assertThat(read(mp4("hvc1", hevc(1, 153), 2)).codec()).isEqualTo(Codec.HEVC_MAIN_5_1);
    assertThat(read(mp4("hev1", hevc(2, 120), 2)).codec()).isEqualTo(Codec.HEVC_MAIN_10_5_1);
  }

  @ParameterizedTest
  @CsvSource({"100, 0, 51", "66, 0, 30", "122, 0, 41", "110, 0, 41"})
  void refuses_h264_that_has_no_transfer_syntax(int profile, int constraints, int level) {
    byte[] file = mp4("avc1", avc(profile, constraints, level), 2);

    assertThatThrownBy(() -> read(file))
        .isInstanceOfSatisfying(
            VideoException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNSUPPORTED));
  }

  @Test
  void refuses_other_codecs_and_files_without_pictures() {
    assertThatThrownBy(() -> read(mp4("vp09", box("vpcC", new byte[8]), 2)))
        .hasMessageContaining("vp09");
    assertThatThrownBy(() -> read(mp4("avc1", avc(100, 0, 40), 0)))
        .isInstanceOf(VideoException.class);
    assertThatThrownBy(() -> read("no video at all, but text".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(VideoException.class);
  }

  @Test
  void damaged_files_are_refused_or_read_and_nothing_else() throws IOException {
    Random random = new Random(3);
    byte[] sound = mp4("avc1", avc(100, 0, 40), 5);
    for (int round = 0; round < 5000; round++) {
      byte[] file = sound.clone();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      byte[] damaged = java.util.Arrays.copyOf(file, random.nextInt(file.length + 1));
      try {
        assertThat(read(damaged).frames()).isPositive();
      } catch (VideoException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
