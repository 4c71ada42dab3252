package org.ithil.imaging.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.ithil.dicom.data.ByteSource;
import org.ithil.imaging.picture.PictureException.Problem;
import org.ithil.imaging.picture.PictureHeader.Coding;
import org.ithil.imaging.picture.PictureHeader.Kind;
import org.ithil.imaging.picture.PictureHeader.Process;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PNG (ISO/IEC 15948) and JPEG (ISO/IEC 10918-1) files become native pixels. */
class PictureReaderTest {
  private static final int WIDTH = 13;
  private static final int HEIGHT = 7;

  private final PictureReader reader = new PictureReader(PictureRules.DEFAULT);

  private static BufferedImage image(int type) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int band = 0; band < image.getRaster().getNumBands(); band++) {
          image.getRaster().setSample(x, y, band, sample(x, y, band));
        }
      }
    }
    return image;
  }

  private static int sample(int x, int y, int band) {
    return 17 * x + 3 * y + 50 * band & 0xff;
  }

  private static byte[] png(BufferedImage image) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  private static byte[] jpeg(BufferedImage image, boolean progressive) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var target = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(target);
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(1);
      how.setProgressiveMode(
          progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
      writer.write(null, new IIOImage(image, null, null), how);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  private Picture read(Kind kind, byte[] file) throws IOException {
    return reader.read(kind, ByteSource.of(file));
  }

  @Test
  void gray_of_8_bits_comes_out_sample_by_sample() throws IOException {
    Picture picture = read(Kind.PNG, png(image(BufferedImage.TYPE_BYTE_GRAY)));

    assertThat(picture.columns()).isEqualTo(WIDTH);
    assertThat(picture.rows()).isEqualTo(HEIGHT);
    assertThat(picture.samples()).isEqualTo(1);
    assertThat(picture.bits()).isEqualTo(8);
    assertThat(picture.pixels()[2 * WIDTH + 5] & 0xff).isEqualTo(sample(5, 2, 0));
    assertThat(picture.pixels()).hasSize(WIDTH * HEIGHT);
  }

  @Test
  void gray_of_16_bits_comes_out_little_endian() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(3, 1, 0, 0xabcd);

    Picture picture = read(Kind.PNG, png(image));

    assertThat(picture.bits()).isEqualTo(16);
    int at = 2 * (WIDTH + 3);
    assertThat(picture.pixels()[at] & 0xff).isEqualTo(0xcd);
    assertThat(picture.pixels()[at + 1] & 0xff).isEqualTo(0xab);
  }

  @ParameterizedTest
  @CsvSource({"5", "6"}) // TYPE_3BYTE_BGR, TYPE_4BYTE_ABGR
  void colours_come_out_as_rgb_and_alpha_is_dropped(int type) throws IOException {
    Picture picture = read(Kind.PNG, png(image(type)));

    assertThat(picture.samples()).isEqualTo(3);
    int at = 3 * (4 * WIDTH + 6);
    for (int band = 0; band < 3; band++) {
      assertThat(picture.pixels()[at + band] & 0xff).isEqualTo(sample(6, 4, band));
    }
  }

  @ParameterizedTest
  @CsvSource({"false, SEQUENTIAL", "true, PROGRESSIVE"})
  void a_jpeg_is_decoded_and_tells_its_process(boolean progressive, Process process)
      throws IOException {
    BufferedImage flat = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        flat.setRGB(x, y, 0xc86432);
      }
    }
    byte[] file = jpeg(flat, progressive);

    Picture picture = read(Kind.JPEG, file);

    assertThat(picture.pixels()[0] & 0xff).isBetween(196, 204);
    assertThat(picture.pixels()[1] & 0xff).isBetween(96, 104);
    assertThat(picture.pixels()[2] & 0xff).isBetween(46, 54);
    PictureHeader header = PictureHeader.read(Kind.JPEG, ByteSource.of(file));
    assertThat(header.process()).isEqualTo(process);
    assertThat(header.coding()).isEqualTo(Coding.YCC);
  }

  @ParameterizedTest
  @CsvSource({"8, 3, 1", "8, 4, 1", "1, 0, 1", "16, 2, 1", "16, 6, 1", "4, 0, 1"})
  void refuses_kinds_of_png_that_clients_know_to_be_refused(int bits, int colour, int size) {
    byte[] head = head(size, size, bits, colour);

    assertThatThrownBy(() -> read(Kind.PNG, head))
        .isInstanceOfSatisfying(
            PictureException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNSUPPORTED));
  }

  private static byte[] head(int columns, int rows, int bits, int colour) {
    ByteBuffer file = ByteBuffer.allocate(33);
    file.putLong(0x89504e470d0a1a0aL).putInt(13).putInt(0x49484452);
    file.putInt(columns).putInt(rows).put((byte) bits).put((byte) colour).put(new byte[3]);
    CRC32 crc = new CRC32();
    crc.update(file.array(), 12, 17);
    return file.putInt((int) crc.getValue()).array();
  }

  @ParameterizedTest
  @CsvSource({"65536, 1", "1, 65536", "2147483647, 2147483647", "60000, 60000"})
  void refuses_a_bomb_by_its_head(int columns, int rows) {
    byte[] head = head(columns, rows, 8, 2);

    assertThatThrownBy(() -> read(Kind.PNG, head))
        .isInstanceOfSatisfying(
            PictureException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_LARGE));
  }

  @Test
  void keeps_the_limits_that_are_set() throws IOException {
    byte[] file = png(image(BufferedImage.TYPE_3BYTE_BGR));
    long needed = 2L * 3 * WIDTH * HEIGHT;

    assertThat(
            new PictureReader(new PictureRules(needed, WIDTH)).read(Kind.PNG, ByteSource.of(file)))
        .isNotNull();
    for (PictureRules rules :
        new PictureRules[] {
          new PictureRules(needed - 1, WIDTH), new PictureRules(needed, WIDTH - 1)
        }) {
      assertThatThrownBy(() -> new PictureReader(rules).read(Kind.PNG, ByteSource.of(file)))
          .isInstanceOf(PictureException.class);
    }
  }

  @Test
  void refuses_a_jpeg_of_four_colours() throws IOException {
    byte[] file = jpeg(image(BufferedImage.TYPE_BYTE_GRAY), false);
    int frame = 0;
    while ((file[frame] & 0xff) != 0xff || (file[frame + 1] & 0xff) != 0xc0) {
      frame++;
    }
    ByteBuffer cmyk = ByteBuffer.allocate(file.length + 9);
    cmyk.put(file, 0, frame + 2).putShort((short) 20).put(file, frame + 4, 5).put((byte) 4);
    cmyk.put(new byte[12]);

    assertThatThrownBy(() -> read(Kind.JPEG, cmyk.array()))
        .isInstanceOfSatisfying(
            PictureException.class, e -> assertThat(e.problem()).isEqualTo(Problem.UNSUPPORTED));
  }

  @Test
  void damaged_files_are_refused_or_decoded_and_nothing_else() throws IOException {
    Random random = new Random(7);
    byte[][] files = {
      png(image(BufferedImage.TYPE_3BYTE_BGR)),
      png(image(BufferedImage.TYPE_USHORT_GRAY)),
      jpeg(image(BufferedImage.TYPE_3BYTE_BGR), false),
      jpeg(image(BufferedImage.TYPE_BYTE_GRAY), true)
    };
    PictureReader bounded = new PictureReader(new PictureRules(4 << 20, 2048));
    for (int round = 0; round < 2000; round++) {
      int which = random.nextInt(files.length);
      byte[] file = files[which].clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt();
      }
      int length = random.nextBoolean() ? file.length : random.nextInt(file.length);
      byte[] damaged = java.util.Arrays.copyOf(file, length);
      try {
        Picture picture = bounded.read(which < 2 ? Kind.PNG : Kind.JPEG, ByteSource.of(damaged));
        assertThat(picture.pixels().length)
            .isEqualTo(picture.columns() * picture.rows() * picture.samples() * picture.bits() / 8);
      } catch (PictureException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }
}
