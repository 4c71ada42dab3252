package org.ithil.conformance.synthetic;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * An image whose bytes follow from its few components: explicit little endian, eight bits a pixel.
 *
 * @param study number of the study; its patient has the same
 * @param series number of the series in the study
 * @param instance number of the instance in the series
 * @param frames frames of {@code side} times {@code side} bytes
 */
public record SyntheticImage(int study, int series, int instance, int side, int frames) {
  /** Multi-frame Grayscale Byte Secondary Capture Image Storage. */
  public static final String SOP_CLASS = "1.2.840.10008.5.1.4.1.1.7.2";

  public static final String TRANSFER_SYNTAX = "1.2.840.10008.1.2.1";
  private static final String ROOT = "1.2.826.0.1.3680043.8.498.77.";

  public static SyntheticImage small(int study, int series, int instance) {
    return new SyntheticImage(study, series, instance, 64, 1);
  }

  public String sopInstance() {
    return ROOT + study + "." + series + "." + instance;
  }

  private String seriesUid() {
    return ROOT + study + "." + series;
  }

  private String studyUid() {
    return ROOT + study;
  }

  private String patientId() {
    return "P" + study;
  }

  /** The identifier that the REST API gives to the instance. */
  public String id() {
    try {
      String key = String.join("|", patientId(), studyUid(), seriesUid(), sopInstance());
      byte[] sha1 =
          MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1).replaceAll("(.{8})(?=.)", "$1-");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  public long pixelBytes() {
    return (long) side * side * frames;
  }

  /** The whole file, for those that fit in memory. */
  public byte[] file() {
    return all(fileStream());
  }

  public InputStream fileStream() {
    return new SequenceInputStream(new ByteArrayInputStream(meta()), dataSetStream());
  }

  public long fileLength() {
    return meta().length + header().length + pixelBytes();
  }

  /** What a C-STORE sends: the file without its preamble and meta information. */
  public InputStream dataSetStream() {
    return new SequenceInputStream(
        new ByteArrayInputStream(header()), new Pixels(pixelBytes(), instance));
  }

  private byte[] meta() {
    var group = new Elements();
    group.binary(0x00020001, "OB", new byte[] {0, 1});
    group.text(0x00020002, "UI", SOP_CLASS);
    group.text(0x00020003, "UI", sopInstance());
    group.text(0x00020010, "UI", TRANSFER_SYNTAX);
    group.text(0x00020012, "UI", ROOT + "1");
    var out = new Elements();
    out.bytes(new byte[128]);
    out.bytes(new byte[] {'D', 'I', 'C', 'M'});
    out.number(0x00020000, "UL", group.out.size(), 4);
    out.bytes(group.out.toByteArray());
    return out.out.toByteArray();
  }

  private byte[] header() {
    var e = new Elements();
    e.text(0x00080016, "UI", SOP_CLASS);
    e.text(0x00080018, "UI", sopInstance());
    e.text(0x00080020, "DA", "20200101");
    e.text(0x00080060, "CS", "OT");
    e.text(0x00100010, "PN", "Synthetic^" + study);
    e.text(0x00100020, "LO", patientId());
    e.text(0x0020000d, "UI", studyUid());
    e.text(0x0020000e, "UI", seriesUid());
    e.text(0x00200011, "IS", Integer.toString(series));
    e.text(0x00200013, "IS", Integer.toString(instance));
    e.number(0x00280002, "US", 1, 2);
    e.text(0x00280004, "CS", "MONOCHROME2");
    e.text(0x00280008, "IS", Integer.toString(frames));
    e.number(0x00280010, "US", side, 2);
    e.number(0x00280011, "US", side, 2);
    e.number(0x00280100, "US", 8, 2);
    e.number(0x00280101, "US", 8, 2);
    e.number(0x00280102, "US", 7, 2);
    e.number(0x00280103, "US", 0, 2);
    e.longHeader(0x7fe00010, "OB", pixelBytes());
    return e.out.toByteArray();
  }

  private static byte[] all(InputStream in) {
    try (in) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Elements of an explicit little endian data set, PS3.5 7.1.2. */
  private static final class Elements {
    final ByteArrayOutputStream out = new ByteArrayOutputStream();

    void text(int tag, String vr, String value) {
      char pad = vr.equals("UI") ? '\0' : ' ';
      String even = value.length() % 2 == 0 ? value : value + pad;
      tag(tag, vr);
      little(even.length(), 2);
      bytes(even.getBytes(StandardCharsets.US_ASCII));
    }

    void number(int tag, String vr, long value, int size) {
      tag(tag, vr);
      little(size, 2);
      little(value, size);
    }

    void binary(int tag, String vr, byte[] value) {
      longHeader(tag, vr, value.length);
      bytes(value);
    }

    void longHeader(int tag, String vr, long length) {
      tag(tag, vr);
      little(0, 2);
      little(length, 4);
    }

    private void tag(int tag, String vr) {
      little(tag >>> 16, 2);
      little(tag & 0xffff, 2);
      bytes(vr.getBytes(StandardCharsets.US_ASCII));
    }

    private void little(long value, int size) {
      for (int i = 0; i < size; i++) {
        out.write((int) (value >>> 8 * i));
      }
    }

    void bytes(byte[] bytes) {
      out.writeBytes(bytes);
    }
  }

  /** Pixels that cost nothing: one value throughout. */
  private static final class Pixels extends InputStream {
    private final byte value;
    private long left;

    Pixels(long length, int value) {
      this.left = length;
      this.value = (byte) value;
    }

    @Override
    public int read() {
      return left-- > 0 ? value & 0xff : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int n = (int) Math.min(left, length);
      java.util.Arrays.fill(buffer, offset, offset + n, value);
      left -= n;
      return n;
    }
  }
}
