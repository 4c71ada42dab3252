package org.ithil.bench.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One CT slice of 512 x 512 pixels of 16 bits, explicit little endian, 525 kB. Everything but the
 * pixels, which all share, follows from two numbers.
 *
 * @param batch a set of patients of its own
 * @param number of the image in its batch; 50 images make a series, 5 series a study
 */
public record CtSample(int batch, int number) {
  private static final String ROOT = "1.2.826.0.1.3680043.8.498.78.";
  private static final String CT_IMAGE_STORAGE = "1.2.840.10008.5.1.4.1.1.2";
  private static final int SIDE = 512;

  private int seriesNumber() {
    return 1000 + number / 50;
  }

  private int studyNumber() {
    return 1000 + number / 250;
  }

  private String patient() {
    return "BENCH" + (1000 + batch) + "-" + studyNumber();
  }

  private String study() {
    return ROOT + (1000 + batch) + "." + studyNumber();
  }

  private String series() {
    return study() + "." + seriesNumber();
  }

  private String instance() {
    return series() + "." + (10_000 + number);
  }

  /** Identifiers of the samples of a batch. */
  public static List<String> ids(int batch, int samples) {
    return IntStream.range(0, samples).mapToObj(n -> new CtSample(batch, n).id()).toList();
  }

  /** So many of them, from the start again when they are used up. */
  public static List<String> repeated(List<String> ids, int count) {
    return IntStream.range(0, count).mapToObj(n -> ids.get(n % ids.size())).toList();
  }

  /** The identifier of the instance in the REST API. */
  public String id() {
    try {
      String key = String.join("|", patient(), study(), series(), instance());
      byte[] sha1 =
          MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1).replaceAll("(.{8})(?=.)", "$1-");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Pixels that look like a scan to a compressor: a slope with noise in the low bits. */
  public static ByteBuffer pixels() {
    ByteBuffer pixels = ByteBuffer.allocateDirect(SIDE * SIDE * 2);
    var random = new java.util.Random(1);
    for (int i = 0; i < SIDE * SIDE; i++) {
      int value = i % SIDE + i / SIDE + random.nextInt(64);
      pixels.put((byte) value).put((byte) (value >> 8));
    }
    return pixels.flip().asReadOnlyBuffer();
  }

  /** Writes the samples of a batch from one number to another, unless they lie there. */
  public static void write(Path folder, int batch, int from, int to) {
    ByteBuffer pixels = pixels();
    try {
      Files.createDirectories(folder);
      for (int n = from; n < to; n++) {
        Path file = folder.resolve("ct-" + (10_000 + n) + ".dcm");
        byte[] header = new CtSample(batch, n).header();
        if (Files.exists(file) && Files.size(file) == header.length + pixels.capacity()) {
          continue;
        }
        try (var out =
            FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
          out.truncate(0);
          out.write(ByteBuffer.wrap(header));
          out.write(pixels.duplicate());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The file up to and with the header of Pixel Data. */
  public byte[] header() {
    var meta = new Elements();
    meta.bytes(0x00020001, "OB", new byte[] {0, 1});
    meta.text(0x00020002, "UI", CT_IMAGE_STORAGE);
    meta.text(0x00020003, "UI", instance());
    meta.text(0x00020010, "UI", "1.2.840.10008.1.2.1");
    meta.text(0x00020012, "UI", ROOT + "1");
    var file = new Elements();
    file.out.writeBytes(new byte[128]);
    file.out.writeBytes(new byte[] {'D', 'I', 'C', 'M'});
    file.number(0x00020000, "UL", meta.out.size(), 4);
    file.out.writeBytes(meta.out.toByteArray());
    identity(file);
    acquisition(file);
    relation(file);
    image(file);
    return file.out.toByteArray();
  }

  private void identity(Elements e) {
    e.text(0x00080005, "CS", "ISO_IR 100");
    e.text(0x00080008, "CS", "ORIGINAL\\PRIMARY\\AXIAL");
    e.text(0x00080016, "UI", CT_IMAGE_STORAGE);
    e.text(0x00080018, "UI", instance());
    e.text(0x00080020, "DA", "20240315");
    e.text(0x00080021, "DA", "20240315");
    e.text(0x00080022, "DA", "20240315");
    e.text(0x00080023, "DA", "20240315");
    e.text(0x00080030, "TM", "093015.120000");
    e.text(0x00080031, "TM", "093212.870000");
    e.text(0x00080032, "TM", "093214.015000");
    e.text(0x00080033, "TM", "093216.440000");
    e.text(0x00080050, "SH", "A" + (1000 + batch) + studyNumber());
    e.text(0x00080060, "CS", "CT");
    e.text(0x00080070, "LO", "Made up");
    e.text(0x00080080, "LO", "Hospital of Nowhere");
    e.text(0x00080090, "PN", "Doe^Jane^^Dr");
    e.text(0x00081010, "SH", "CT01");
    e.text(0x00081030, "LO", "Thorax with contrast");
    e.text(0x0008103e, "LO", "Axial 1.0 B30f " + seriesNumber());
    var item = new Elements();
    item.text(0x00080100, "SH", "RPID16");
    item.text(0x00080102, "SH", "RADLEX");
    item.text(0x00080104, "LO", "CT Chest with contrast");
    e.sequence(0x00081032, item);
    e.text(0x00081090, "LO", "Bench 64");
    e.text(0x00100010, "PN", "Sample^" + (1000 + batch) + "^" + studyNumber());
    e.text(0x00100020, "LO", patient());
    e.text(0x00100030, "DA", "19540712");
    e.text(0x00100040, "CS", "F");
    e.text(0x00101010, "AS", "069Y");
  }

  private void acquisition(Elements e) {
    e.text(0x00180010, "LO", "IODINE");
    e.text(0x00180015, "CS", "CHEST");
    e.text(0x00180022, "CS", "HELICAL MODE");
    e.text(0x00180050, "DS", "1.0");
    e.text(0x00180060, "DS", "120");
    e.text(0x00180090, "DS", "500");
    e.text(0x00181020, "LO", "bench 1");
    e.text(0x00181030, "LO", "Thorax routine");
    e.text(0x00181100, "DS", "350.0");
    e.text(0x00181110, "DS", "1085.6");
    e.text(0x00181120, "DS", "0");
    e.text(0x00181150, "IS", "500");
    e.text(0x00181151, "IS", "210");
    e.text(0x00181210, "SH", "B30f");
    e.text(0x00185100, "CS", "FFS");
  }

  private void relation(Elements e) {
    e.text(0x0020000d, "UI", study());
    e.text(0x0020000e, "UI", series());
    e.text(0x00200010, "SH", Integer.toString(studyNumber()));
    e.text(0x00200011, "IS", Integer.toString(seriesNumber()));
    e.text(0x00200012, "IS", "1");
    e.text(0x00200013, "IS", Integer.toString(number % 50 + 1));
    e.text(0x00200032, "DS", "-174.6\\-174.6\\" + (100 + number % 50));
    e.text(0x00200037, "DS", "1\\0\\0\\0\\1\\0");
    e.text(0x00200052, "UI", study() + ".9");
    e.text(0x00201040, "LO", "");
    e.text(0x00201041, "DS", Integer.toString(100 + number % 50));
  }

  private static void image(Elements e) {
    e.number(0x00280002, "US", 1, 2);
    e.text(0x00280004, "CS", "MONOCHROME2");
    e.number(0x00280010, "US", SIDE, 2);
    e.number(0x00280011, "US", SIDE, 2);
    e.text(0x00280030, "DS", "0.6836\\0.6836");
    e.number(0x00280100, "US", 16, 2);
    e.number(0x00280101, "US", 12, 2);
    e.number(0x00280102, "US", 11, 2);
    e.number(0x00280103, "US", 0, 2);
    e.text(0x00281050, "DS", "50");
    e.text(0x00281051, "DS", "400");
    e.text(0x00281052, "DS", "-1024");
    e.text(0x00281053, "DS", "1");
    e.longHeader(0x7fe00010, "OW", SIDE * SIDE * 2);
  }
}
