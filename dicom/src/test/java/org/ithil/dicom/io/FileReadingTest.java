package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preamble, meta information, guessed encodings, deflated data sets. */
class FileReadingTest {
  private static final int NAME = 0x00100010;
  private static final int ID = 0x00100020;
  private static final int PIXELS = 0x7fe00010;
  private static final byte[] EXPLICIT =
      Hand.explicit().element(NAME, "PN", "A^B ").element(ID, "LO", "ID").bytes();
  private static final byte[] IMPLICIT =
      Hand.implicit().element(NAME, "", "A^B ").element(ID, "", "ID").bytes();
  private static final byte[] BIG =
      Hand.bigEndian().element(NAME, "PN", "A^B ").element(ID, "LO", "ID").bytes();

  private static DicomFile read(byte[] bytes) throws IOException {
    return DicomReader.readFile(ByteSource.of(bytes), ReadOptions.DEFAULT);
  }

  private static void isRead(byte[] bytes, TransferSyntax syntax) throws IOException {
    DicomFile file = read(bytes);
    assertThat(file.dataSet().ascii(NAME)).contains("A^B");
    assertThat(file.dataSet().ascii(ID)).contains("ID");
    assertThat(file.dataSet().size()).isEqualTo(2);
    assertThat(file.transferSyntax()).isEqualTo(syntax);
  }

  private static void refuses(Problem problem, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            DicomFormatException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] file(String syntax, byte[] dataSet) {
    return Hand.file(syntax).raw(dataSet).bytes();
  }

  private static byte[] deflate(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Deflater deflater = new Deflater(6, true);
    try (DeflaterOutputStream deflating = new DeflaterOutputStream(out, deflater)) {
      deflating.write(bytes);
    } finally {
      deflater.end();
    }
    return out.toByteArray();
  }

  @Test
  void the_meta_information_says_how_the_data_set_is_encoded() throws IOException {
    isRead(file("1.2.840.10008.1.2", IMPLICIT), TransferSyntax.IMPLICIT_LE);
    isRead(file("1.2.840.10008.1.2.1", EXPLICIT), TransferSyntax.EXPLICIT_LE);
    isRead(file("1.2.840.10008.1.2.2", BIG), TransferSyntax.EXPLICIT_BE);
    isRead(file("1.2.840.10008.1.2.1.99", deflate(EXPLICIT)), TransferSyntax.DEFLATED_LE);
  }

  @Test
  void says_where_data_set_and_pixel_data_start() throws IOException {
    byte[] pixels = Hand.explicit().element(PIXELS, "OW", new byte[2]).bytes();
    DicomFile file = read(file("1.2.840.10008.1.2.1", join(EXPLICIT, pixels)));
    assertThat(file.dataSetOffset()).isEqualTo(132 + 12 + 28);
    assertThat(file.pixelDataOffset()).hasValue(file.dataSetOffset() + EXPLICIT.length);
    assertThat(file.meta().size()).isEqualTo(2);
  }

  @Test
  void a_bare_data_set_is_guessed() throws IOException {
    isRead(EXPLICIT, TransferSyntax.EXPLICIT_LE);
    isRead(IMPLICIT, TransferSyntax.IMPLICIT_LE);
    isRead(BIG, TransferSyntax.EXPLICIT_BE);
    assertThat(read(EXPLICIT).meta().isEmpty()).isTrue();
  }

  @Test
  void meta_information_may_come_without_preamble_and_magic() throws IOException {
    byte[] whole = file("1.2.840.10008.1.2", IMPLICIT);
    isRead(Arrays.copyOfRange(whole, 132, whole.length), TransferSyntax.IMPLICIT_LE);
  }

  @Test
  void magic_without_preamble_is_refused() {
    byte[] whole = file("1.2.840.10008.1.2", IMPLICIT);
    refuses(Problem.NOT_DICOM, () -> read(Arrays.copyOfRange(whole, 128, whole.length)));
  }

  @Test
  void without_transfer_syntax_the_data_set_is_guessed() throws IOException {
    byte[] meta =
        Hand.explicit()
            .raw(new byte[128])
            .raw("4449434d")
            .element(0x00020000, "UL", Hand.hex("0c000000"))
            .element(0x00020002, "UI", "1.2\0")
            .bytes();
    isRead(join(meta, EXPLICIT), TransferSyntax.EXPLICIT_LE);
    isRead(join(meta, IMPLICIT), TransferSyntax.IMPLICIT_LE);
    isRead(join(meta, BIG), TransferSyntax.EXPLICIT_BE);
  }

  @Test
  void an_unknown_transfer_syntax_is_kept_and_its_encoding_guessed() throws IOException {
    isRead(file("1.2.3.4", EXPLICIT), new TransferSyntax("1.2.3.4", true, false, false, true));
    isRead(file("1.2.3.4", IMPLICIT), new TransferSyntax("1.2.3.4", false, false, false, true));
  }

  @Test
  void without_group_length_the_meta_information_ends_with_its_group() throws IOException {
    byte[] meta =
        Hand.explicit()
            .raw(new byte[128])
            .raw("4449434d")
            .element(0x00020002, "UI", "1.2\0")
            .element(0x00020010, "UI", "1.2.840.10008.1.2\0")
            .bytes();
    isRead(join(meta, IMPLICIT), TransferSyntax.IMPLICIT_LE);
  }

  @Test
  void a_group_length_too_short_leaves_the_rest_to_the_data_set() throws IOException {
    byte[] meta =
        Hand.explicit()
            .raw(new byte[128])
            .raw("4449434d")
            .element(0x00020000, "UL", Hand.hex("04000000"))
            .element(0x00020002, "UI", "1.2\0")
            .element(0x00020010, "UI", "1.2.840.10008.1.2.1\0")
            .bytes();
    DicomFile file = read(join(meta, EXPLICIT));
    assertThat(file.meta()).extracting(Element::tag).containsExactly(0x00020000, 0x00020002);
    assertThat(file.dataSet()).extracting(Element::tag).containsExactly(0x00020010, NAME, ID);
  }

  @Test
  void a_group_length_too_long_takes_the_data_set_into_the_meta_information() throws IOException {
    byte[] meta =
        Hand.explicit()
            .raw(new byte[128])
            .raw("4449434d")
            .element(0x00020000, "UL", Hand.hex("ff270000"))
            .element(0x00020010, "UI", "1.2.840.10008.1.2.1\0")
            .bytes();
    DicomFile file = read(join(meta, EXPLICIT));
    assertThat(file.meta().contains(ID)).isTrue();
    assertThat(file.dataSet().isEmpty()).isTrue();
  }

  @Test
  void magic_without_meta_information_is_a_bare_data_set() throws IOException {
    byte[] start = Hand.explicit().raw(new byte[128]).raw("4449434d").bytes();
    isRead(join(start, EXPLICIT), TransferSyntax.EXPLICIT_LE);
    isRead(join(start, IMPLICIT), TransferSyntax.IMPLICIT_LE);
  }

  @Test
  void meta_information_alone_is_an_empty_data_set() throws IOException {
    assertThat(read(file("1.2.840.10008.1.2.1", new byte[0])).dataSet().isEmpty()).isTrue();
    assertThat(read(file("1.2.840.10008.1.2.1.99", new byte[0])).dataSet().isEmpty()).isTrue();
  }

  @Test
  void nothing_and_almost_nothing_are_refused() {
    for (int n : new int[] {0, 1, 7}) {
      refuses(Problem.NOT_DICOM, () -> read(new byte[n]));
    }
    byte[] start = Hand.explicit().raw(new byte[128]).raw("4449434d").bytes();
    refuses(Problem.NOT_DICOM, () -> read(start));
    refuses(Problem.NOT_DICOM, () -> read(join(start, new byte[7])));
  }

  @Test
  void a_second_file_behind_the_first_does_not_count() throws IOException {
    byte[] second = Hand.explicit().element(NAME, "PN", "C^D ").element(ID, "LO", "IE").bytes();
    DicomFile file =
        read(join(file("1.2.840.10008.1.2.1", EXPLICIT), file("1.2.840.10008.1.2.1", second)));
    assertThat(file.dataSet().ascii(NAME)).contains("A^B");
    assertThat(file.dataSet().ascii(ID)).contains("ID");
  }

  @Test
  void pixel_data_of_three_gigabytes_is_located_without_being_read(@TempDir Path folder)
      throws IOException {
    Path path = folder.resolve("large.dcm");
    int length = 0xbffffff0;
    byte[] head =
        Hand.file("1.2.840.10008.1.2.1")
            .raw(EXPLICIT)
            .element(PIXELS, "OW", length, new byte[0])
            .bytes();
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(head);
      file.setLength(head.length + Integer.toUnsignedLong(length) + 8);
    }
    try (FileByteSource source = FileByteSource.open(path)) {
      Allocation allocation = Allocation.start();
      DicomFile file = DicomReader.readFile(source, ReadOptions.DEFAULT);
      assertThat(allocation.bytes()).isLessThan(1 << 20);
      assertThat(file.dataSet().get(PIXELS))
          .isEqualTo(
              new Element(
                  PIXELS,
                  Vr.OW,
                  new Value.Located(head.length, Integer.toUnsignedLong(length), false)));
      assertThat(file.dataSet().contains(0)).as("8 zeros behind the pixels").isTrue();
    }
  }

  @Test
  void bytes_behind_the_end_of_the_deflated_stream_do_not_count() throws IOException {
    byte[] deflated = join(deflate(EXPLICIT), Hand.hex("00 ff ff"));
    isRead(file("1.2.840.10008.1.2.1.99", deflated), TransferSyntax.DEFLATED_LE);
  }

  @Test
  void a_deflated_stream_that_is_cut_off_or_damaged_is_refused() throws IOException {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);
    byte[] deflated = deflate(Hand.explicit().raw(EXPLICIT).element(PIXELS, "OW", noise).bytes());
    byte[] cut = Arrays.copyOf(deflated, deflated.length - 100);
    refuses(Problem.TRUNCATED, () -> read(file("1.2.840.10008.1.2.1.99", cut)));
    byte[] damaged = deflated.clone();
    Arrays.fill(damaged, 0, 4, (byte) 0xff);
    refuses(Problem.MALFORMED, () -> read(file("1.2.840.10008.1.2.1.99", damaged)));
    refuses(Problem.MALFORMED, () -> read(file("1.2.840.10008.1.2.1.99", EXPLICIT)));
  }

  @Test
  void what_inflates_to_more_than_allowed_is_refused() throws IOException {
    byte[] bomb = Hand.explicit().element(PIXELS, "OW", new byte[1 << 20]).bytes();
    byte[] bytes = file("1.2.840.10008.1.2.1.99", deflate(bomb));
    ReadOptions little = ReadOptions.DEFAULT.withMaxInflated(1 << 20);
    refuses(Problem.TOO_LARGE, () -> DicomReader.readFile(ByteSource.of(bytes), little));
  }

  @Test
  void the_kind_of_pixels_before_which_a_reading_stops_is_known() throws IOException {
    for (int tag : new int[] {0x7fe00008, 0x7fe00009, PIXELS}) {
      byte[] dataSet = Hand.explicit().raw(EXPLICIT).element(tag, "OB", new byte[8]).bytes();
      for (ReadOptions options :
          List.of(ReadOptions.DEFAULT, ReadOptions.DEFAULT.stoppingBeforePixelData())) {
        byte[] deflated = file("1.2.840.10008.1.2.1.99", deflate(dataSet));
        byte[] plain = file("1.2.840.10008.1.2.1", dataSet);
        for (byte[] bytes : List.of(deflated, plain)) {
          assertThat(DicomReader.readFile(ByteSource.of(bytes), options).pixelDataTag())
              .hasValue(tag);
        }
      }
    }
    assertThat(read(file("1.2.840.10008.1.2.1.99", deflate(EXPLICIT))).pixelDataTag()).isEmpty();
  }

  @Test
  void a_large_deflated_data_set_is_inflated_again_where_it_is_read() throws IOException {
    byte[] pixels = new byte[20 << 20];
    for (int i = 0; i < pixels.length; i += 1000) {
      pixels[i] = (byte) (i / 1000);
    }
    byte[] dataSet = Hand.explicit().raw(EXPLICIT).element(PIXELS, "OW", pixels).bytes();
    DicomFile file = read(file("1.2.840.10008.1.2.1.99", deflate(dataSet)));
    Element element = file.dataSet().get(PIXELS);
    assertThat(element).isNotNull();
    assertThat(element.value())
        .isEqualTo(new Value.Located(EXPLICIT.length + 12, pixels.length, false));
    assertThat(file.pixelDataOffset()).isEmpty();
    assertThat(file.values().size()).isEqualTo(dataSet.length);
    for (int at : new int[] {10_000_000, 5, 19_999_000, 19_000_000, 0}) {
      assertThat(file.values().read(at, 1000))
          .isEqualTo(Arrays.copyOfRange(dataSet, at, at + 1000));
    }
    assertThatThrownBy(() -> file.values().read(dataSet.length - 1L, 2))
        .isInstanceOf(java.io.EOFException.class);
  }
}
