package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.EditException;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.io.ReadOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every sample of a rectangle is painted over, and no other one, whatever the layout. */
class PixelMaskTest {
  private static final int ROWS = 7;
  private static final int COLUMNS = 10;

  /** A layout, and the black of each sample of a pixel as it is expected. */
  record Layout(
      String kind, int bits, int samples, int planar, int frames, boolean signed, long... black) {}

  static List<Layout> layouts() {
    return List.of(
        new Layout("MONOCHROME2", 8, 1, 0, 1, false, 0),
        new Layout("MONOCHROME2", 8, 1, 0, 3, false, 0),
        new Layout("MONOCHROME1", 8, 1, 0, 1, false, 0xff),
        new Layout("MONOCHROME2", 16, 1, 0, 2, false, 0),
        new Layout("MONOCHROME2", 16, 1, 0, 2, true, 0x8000),
        new Layout("MONOCHROME1", 16, 1, 0, 2, true, 0x7fff),
        new Layout("MONOCHROME2", 32, 1, 0, 2, false, 0),
        new Layout("PALETTE COLOR", 8, 1, 0, 2, false, 0),
        new Layout("PALETTE COLOR", 16, 1, 0, 1, false, 0),
        new Layout("RGB", 8, 3, 0, 2, false, 0, 0, 0),
        new Layout("RGB", 8, 3, 1, 2, false, 0, 0, 0),
        new Layout("RGB", 16, 3, 1, 2, false, 0, 0, 0),
        new Layout("YBR_FULL", 8, 3, 0, 2, false, 0, 0x80, 0x80),
        new Layout("YBR_FULL", 8, 3, 1, 2, false, 0, 0x80, 0x80),
        new Layout("MONOCHROME2", 1, 1, 0, 3, false, 0));
  }

  private static PixelMask mask(int x, int y, int width, int height) {
    return new PixelMask(x, y, width, height, Optional.empty(), Optional.empty());
  }

  private static final List<PixelMask> MASKS =
      List.of(mask(2, 1, 3, 2), mask(8, 5, 1000, Integer.MAX_VALUE), mask(0, 6, 1, 1));

  private static boolean isInside(int x, int y) {
    return x >= 2 && x < 5 && y >= 1 && y < 3 || x >= 8 && y >= 5 || x == 0 && y == 6;
  }

  private static DataSet image(Layout layout, byte[] pixels) {
    return DataSet.of(
        List.of(
            Elements.ascii(Tag.SOPInstanceUID, Vr.UI, "1.2.3"),
            us(Tag.SamplesPerPixel, layout.samples),
            Elements.ascii(Tag.PhotometricInterpretation, Vr.CS, layout.kind),
            us(Tag.PlanarConfiguration, layout.planar),
            Elements.ascii(Tag.NumberOfFrames, Vr.IS, String.valueOf(layout.frames)),
            us(Tag.Rows, ROWS),
            us(Tag.Columns, COLUMNS),
            us(Tag.BitsAllocated, layout.bits),
            us(Tag.BitsStored, layout.bits),
            us(Tag.HighBit, layout.bits - 1),
            us(Tag.PixelRepresentation, layout.signed ? 1 : 0),
            Elements.padded(Tag.PixelData, layout.bits == 8 ? Vr.OB : Vr.OW, pixels)));
  }

  private static Element us(int tag, int number) {
    return new Element(
        tag, Vr.US, new Value.Bytes(new byte[] {(byte) number, (byte) (number >> 8)}));
  }

  private static byte[] noise(Layout layout) {
    long bits = (long) ROWS * COLUMNS * layout.samples * layout.frames * layout.bits;
    byte[] bytes = new byte[(int) ((bits + 7) / 8)];
    new Random(bits).nextBytes(bytes);
    return bytes;
  }

  /** Painted pixel by pixel, sample by sample, bit by bit. */
  private static byte[] painted(Layout layout, byte[] pixels) {
    byte[] result = pixels.clone();
    for (int frame = 0; frame < layout.frames; frame++) {
      for (int y = 0; y < ROWS; y++) {
        for (int x = 0; x < COLUMNS; x++) {
          for (int s = 0; s < layout.samples && isInside(x, y); s++) {
            long index =
                layout.planar == 1
                    ? ((long) (frame * layout.samples + s) * ROWS + y) * COLUMNS + x
                    : (((long) frame * ROWS + y) * COLUMNS + x) * layout.samples + s;
            paint(result, index * layout.bits, layout.bits, layout.black[s]);
          }
        }
      }
    }
    return result;
  }

  private static void paint(byte[] bytes, long firstBit, int bits, long value) {
    for (int i = 0; i < bits; i++) {
      int at = (int) ((firstBit + i) / 8);
      int bit = 1 << (firstBit + i) % 8;
      bytes[at] = (byte) ((value >> i & 1) == 1 ? bytes[at] | bit : bytes[at] & ~bit);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void paints_over_what_is_inside_and_nothing_else(Layout layout) throws IOException {
    byte[] noise = noise(layout);
    byte[] expected = painted(layout, noise);
    assertThat(expected).isNotEqualTo(noise);
    DataSet image = image(layout, noise);
    Deidentification masking = Trials.by(Trials.standard(), List.of(), MASKS);
    assertThat(pixels(masking.apply(Trials.of(image)))).startsWith(expected);
    for (TransferSyntax syntax :
        List.of(
            TransferSyntax.EXPLICIT_LE,
            TransferSyntax.IMPLICIT_LE,
            TransferSyntax.EXPLICIT_BE,
            TransferSyntax.DEFLATED_LE)) {
      // The fill of big endian words of 32 bits is black all the same, as it is 0.
      DicomFile located = located(image, syntax);
      Edit.Edited edited = masking.apply(located);
      assertThat(pixels(edited)).as(syntax.uid()).startsWith(expected);
      assertThat(edited.dataSet().ascii(Tag.BurnedInAnnotation)).contains("NO");
      byte[] again = Trials.written(edited, syntax);
      assertThat(pixels(new Edit.Edited(Trials.read(again).dataSet(), Trials.read(again).values())))
          .as(syntax.uid())
          .startsWith(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void gives_the_same_in_pieces_as_at_once(Layout layout) throws IOException {
    DicomFile located = located(image(layout, noise(layout)), TransferSyntax.EXPLICIT_BE);
    ByteSource values = Trials.by(Trials.standard(), List.of(), MASKS).apply(located).values();
    byte[] whole = values.read(0, (int) values.size());
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      int from = random.nextInt(whole.length);
      int count = random.nextInt(whole.length - from);
      byte[] part = new byte[count + 6];
      values.read(from, part, 3, count);
      ByteArrayOutputStream copied = new ByteArrayOutputStream();
      values.copyTo(from, count, copied);
      for (int k = 0; k < count; k++) {
        assertThat(part[k + 3]).isEqualTo(whole[from + k]);
      }
      assertThat(copied.toByteArray())
          .isEqualTo(java.util.Arrays.copyOfRange(whole, from, from + count));
    }
  }

  private static DicomFile located(DataSet image, TransferSyntax syntax) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataSet(image, syntax, ByteSource.of(new byte[0]), out);
    DicomFile file =
        DicomReader.readDataSet(
            ByteSource.of(out.toByteArray()), syntax, ReadOptions.DEFAULT.withLargeValue(24));
    Element pixels = file.dataSet().get(Tag.PixelData);
    assertThat(pixels).isNotNull();
    assertThat(pixels.value()).isInstanceOf(Value.Located.class);
    return file;
  }

  private static byte[] pixels(Edit.Edited edited) throws IOException {
    Element pixels = edited.dataSet().get(Tag.PixelData);
    assertThat(pixels).isNotNull();
    return switch (pixels.value()) {
      case Value.Bytes(byte[] bytes) -> bytes;
      case Value.Located located ->
          located.read(edited.values(), pixels.vr(), 0, (int) located.length());
      default -> throw new AssertionError(pixels.value());
    };
  }

  /** Two pixels share their colours, so both are painted over where one of them is to be. */
  @Test
  void paints_pairs_of_pixels_that_share_their_colours() throws IOException {
    Layout layout = new Layout("YBR_FULL_422", 8, 3, 0, 1, false);
    byte[] noise = new byte[ROWS * COLUMNS * 2];
    new Random(5).nextBytes(noise);
    Deidentification masking = Trials.by(Trials.standard(), List.of(), List.of(mask(3, 2, 2, 1)));
    byte[] result = pixels(masking.apply(Trials.of(image(layout, noise))));
    for (int i = 0; i < noise.length; i++) {
      int row = i / (COLUMNS * 2);
      int column = i % (COLUMNS * 2) / 4 * 2;
      boolean inside = row == 2 && (column == 2 || column == 4);
      byte black = i % 4 < 2 ? 0 : (byte) 0x80;
      assertThat(result[i]).isEqualTo(inside ? black : noise[i]);
    }
  }

  @Test
  void takes_the_name_out_of_burned_in_text_and_says_so() throws IOException {
    DicomFile file = Trials.file("objects/image/sc_burned_in_text.dcm");
    Edit.Edited edited =
        Trials.by(Trials.reference(ProfileVersion.V2023B), List.of(), List.of(mask(0, 0, 320, 40)))
            .apply(file);
    byte[] before = pixels(new Edit.Edited(file.dataSet(), file.values()));
    byte[] after = pixels(edited);
    for (int i = 0; i < after.length; i++) {
      assertThat(after[i]).isEqualTo(i < 320 * 40 ? 0 : before[i]);
    }
    Element codes = edited.dataSet().get(Tag.DeidentificationMethodCodeSequence);
    assertThat(codes).isNotNull();
    assertThat(codes.items())
        .extracting(item -> item.ascii(Tag.CodeValue).orElse(""))
        .containsExactly("113101");
    assertThat(edited.dataSet().ascii(Tag.BurnedInAnnotation)).contains("NO");
  }

  @Test
  void concerns_images_of_the_named_device_only() throws IOException {
    Layout layout = new Layout("MONOCHROME2", 8, 1, 0, 1, false, 0);
    byte[] noise = noise(layout);
    DataSet image =
        image(layout, noise)
            .with(Elements.ascii(Tag.Manufacturer, Vr.LO, "ACME Ltd"))
            .with(Elements.ascii(Tag.ManufacturerModelName, Vr.LO, "US 1"));
    for (boolean right : new boolean[] {true, false}) {
      PixelMask mask =
          new PixelMask(0, 0, 9, 9, Optional.of("acme ltd"), Optional.of(right ? "US 1" : "US 2"));
      Edit.Edited edited =
          Trials.by(Trials.standard(), List.of(), List.of(mask)).apply(Trials.of(image));
      assertThat(java.util.Arrays.equals(pixels(edited), noise)).isNotEqualTo(right);
      assertThat(edited.dataSet().contains(Tag.BurnedInAnnotation)).isEqualTo(right);
    }
  }

  @Test
  void refuses_compressed_pixels_and_layouts_that_are_not_described() throws IOException {
    Deidentification masking = Trials.by(Trials.standard(), List.of(), MASKS);
    List<String> refused = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : SharedData.soundNames()) {
      DicomFile file = Trials.file(name);
      Element pixels = file.dataSet().get(Tag.PixelData);
      if (pixels != null && pixels.value() instanceof Value.Fragments) {
        assertThatThrownBy(() -> masking.apply(file))
            .isInstanceOf(EditException.class)
            .hasMessageContaining("compressed");
        refused.add(name);
      } else if (pixels != null) {
        try {
          assertThat(masking.apply(file).dataSet().contains(Tag.PixelData)).isTrue();
        } catch (EditException e) {
          unknown.add(name);
        }
      }
    }
    assertThat(unknown).isSubsetOf("objects/private/nested_priv_SQ.dcm"); // It has no rows.
    SharedData.require();
    assertThat(refused).isNotEmpty();
    DataSet bare = DataSet.of(List.of(Elements.padded(Tag.PixelData, Vr.OB, new byte[8])));
    assertThatThrownBy(() -> masking.apply(Trials.of(bare))).isInstanceOf(EditException.class);
  }

  @Test
  void does_not_say_of_a_header_that_pixels_are_clean() throws IOException {
    ByteSource source =
        ByteSource.of(
            java.nio.file.Files.readAllBytes(
                SharedData.require("objects/image/sc_burned_in_text.dcm")));
    DicomFile header = DicomReader.readFile(source, ReadOptions.DEFAULT.stoppingBeforePixelData());
    Deidentification masking = Trials.by(Trials.standard(), List.of(), MASKS);
    DataSet result = masking.apply(header).dataSet();
    assertThat(result.ascii(Tag.PatientName)).contains("Anonymized1");
    assertThat(result.ascii(Tag.BurnedInAnnotation)).contains("YES");
    assertThat(MethodCodes.sequence(result, List.of()).items())
        .extracting(item -> item.ascii(Tag.CodeValue).orElse(""))
        .containsExactly("113100");
  }
}
