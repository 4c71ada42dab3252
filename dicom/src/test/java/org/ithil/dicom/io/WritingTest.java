package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.junit.jupiter.api.Test;

/** Bytes as the standard wants them. */
class WritingTest {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);
  private static final int REFERENCES = 0x00081140;
  private static final int PIXELS = 0x7fe00010;

  private static Element text(int tag, Vr vr, String text) {
    return new Element(tag, vr, new Value.Bytes(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static byte[] write(TransferSyntax syntax, ByteSource values, Element... elements)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeDataSet(DataSet.of(List.of(elements)), syntax, values, out);
    return out.toByteArray();
  }

  private static byte[] write(Element... elements) throws IOException {
    return write(TransferSyntax.EXPLICIT_LE, NOTHING, elements);
  }

  @Test
  void odd_values_are_padded_as_their_vr_wants() throws IOException {
    assertThat(
            write(
                text(0x00080018, Vr.UI, "1.2"),
                text(0x00100010, Vr.PN, "A^B"),
                text(0x00420011, Vr.OB, "x")))
        .isEqualTo(
            Hand.explicit()
                .element(0x00080018, "UI", "1.2\0")
                .element(0x00100010, "PN", "A^B ")
                .element(0x00420011, "OB", "x\0")
                .bytes());
  }

  @Test
  void sequences_and_items_have_explicit_lengths() throws IOException {
    DataSet item = DataSet.of(List.of(text(0x00080100, Vr.SH, "A1")));
    Element inner = new Element(REFERENCES, Vr.SQ, new Value.Items(List.of(item, DataSet.EMPTY)));
    Element outer =
        new Element(REFERENCES, Vr.SQ, new Value.Items(List.of(DataSet.of(List.of(inner)))));
    byte[] code = Hand.explicit().element(0x00080100, "SH", "A1").bytes();
    byte[] items = Hand.explicit().item(code).item(new byte[0]).bytes();
    byte[] sequence = Hand.explicit().element(REFERENCES, "SQ", items).bytes();
    assertThat(write(outer))
        .isEqualTo(
            Hand.explicit()
                .element(REFERENCES, "SQ", Hand.explicit().item(sequence).bytes())
                .bytes());
  }

  @Test
  void a_private_sequence_has_undefined_length_in_implicit_vr_so_that_it_is_known_again()
      throws IOException {
    Element sequence = new Element(0x00091010, Vr.SQ, new Value.Items(List.of(DataSet.EMPTY)));
    byte[] content = Hand.implicit().item(new byte[0]).endSequence().bytes();
    assertThat(write(TransferSyntax.IMPLICIT_LE, NOTHING, sequence))
        .isEqualTo(Hand.implicit().element(0x00091010, "", Hand.UNDEFINED, content).bytes());
  }

  @Test
  void group_lengths_are_left_out() throws IOException {
    Element length = new Element(0x00080000, Vr.UL, new Value.Bytes(new byte[4]));
    Element sequence =
        new Element(REFERENCES, Vr.SQ, new Value.Items(List.of(DataSet.of(List.of(length)))));
    assertThat(write(length, sequence))
        .isEqualTo(
            Hand.explicit()
                .element(REFERENCES, "SQ", Hand.explicit().item(new byte[0]).bytes())
                .bytes());
  }

  @Test
  void numbers_are_turned_around_for_big_endian() throws IOException {
    Element rows = new Element(0x00280010, Vr.US, new Value.Bytes(Hand.hex("0201")));
    Element words = new Element(PIXELS, Vr.OW, new Value.Located(1, 4, false));
    ByteSource values = ByteSource.of(Hand.hex("00 01020304"));
    assertThat(write(TransferSyntax.EXPLICIT_BE, values, rows, words))
        .isEqualTo(
            Hand.bigEndian()
                .element(0x00280010, "US", Hand.hex("0102"))
                .element(PIXELS, "OW", Hand.hex("02010403"))
                .bytes());
  }

  @Test
  void located_big_endian_numbers_are_turned_around_for_little_endian() throws IOException {
    Element words = new Element(PIXELS, Vr.OW, new Value.Located(0, 4, true));
    ByteSource values = ByteSource.of(Hand.hex("01020304"));
    assertThat(write(TransferSyntax.EXPLICIT_LE, values, words))
        .isEqualTo(Hand.explicit().element(PIXELS, "OW", Hand.hex("02010403")).bytes());
    assertThat(write(TransferSyntax.EXPLICIT_BE, values, words))
        .isEqualTo(Hand.bigEndian().element(PIXELS, "OW", Hand.hex("01020304")).bytes());
  }

  @Test
  void a_value_too_long_for_a_short_form_becomes_un() throws IOException {
    String text = "x".repeat(0x10000);
    assertThat(write(text(0x00204000, Vr.LT, text)))
        .isEqualTo(Hand.explicit().element(0x00204000, "UN", text).bytes());
    assertThat(write(text(0x00204000, Vr.LT, text.substring(2))))
        .isEqualTo(Hand.explicit().element(0x00204000, "LT", text.substring(2)).bytes());
  }

  @Test
  void fragments_are_items_of_even_length_and_a_delimiter() throws IOException {
    Value fragments =
        new Value.Fragments(List.of(Value.EMPTY, new Value.Bytes(Hand.hex("010203"))));
    byte[] content =
        Hand.explicit().item(new byte[0]).item(Hand.hex("01020300")).endSequence().bytes();
    assertThat(write(new Element(PIXELS, Vr.OB, fragments)))
        .isEqualTo(Hand.explicit().element(PIXELS, "OB", Hand.UNDEFINED, content).bytes());
  }

  @Test
  void a_file_has_preamble_magic_and_a_computed_group_length() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DataSet meta =
        DataSet.of(
            List.of(
                new Element(FileMeta.GROUP_LENGTH, Vr.UL, new Value.Bytes(new byte[4])),
                text(FileMeta.TRANSFER_SYNTAX_UID, Vr.UI, "1.2.840.10008.1.2.1")));
    DataSet dataSet =
        DataSet.of(
            List.of(
                text(FileMeta.TRANSFER_SYNTAX_UID, Vr.UI, "9.9"), text(0x00100020, Vr.LO, "ID")));
    DicomWriter.writeFile(meta, dataSet, NOTHING, out);
    assertThat(out.toByteArray())
        .isEqualTo(Hand.file("1.2.840.10008.1.2.1").element(0x00100020, "LO", "ID").bytes());
  }

  @Test
  void new_meta_information_names_classes_syntax_and_this_program() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DicomWriter.writeFile(
        FileMeta.of("1.2.3", "1.2.3.4", "1.2.840.10008.1.2"), DataSet.EMPTY, NOTHING, out);
    DataSet meta =
        DicomReader.readFile(ByteSource.of(out.toByteArray()), ReadOptions.DEFAULT).meta();
    assertThat(meta.ascii(FileMeta.MEDIA_STORAGE_SOP_CLASS_UID)).contains("1.2.3");
    assertThat(meta.ascii(FileMeta.MEDIA_STORAGE_SOP_INSTANCE_UID)).contains("1.2.3.4");
    assertThat(meta.ascii(FileMeta.TRANSFER_SYNTAX_UID)).contains("1.2.840.10008.1.2");
    assertThat(meta.ascii(FileMeta.IMPLEMENTATION_VERSION))
        .contains(FileMeta.IMPLEMENTATION_VERSION_NAME);
    assertThat(meta.ascii(FileMeta.IMPLEMENTATION_CLASS))
        .hasValueSatisfying(uid -> assertThat(uid).matches("2\\.25\\.[1-9][0-9]{1,38}"));
    assertThat(meta.integer(FileMeta.GROUP_LENGTH)).hasValue(out.size() - 132 - 12);
  }

  @Test
  void a_file_without_transfer_syntax_cannot_be_written() {
    assertThatThrownBy(() ->
            DicomWriter.writeFile(
                DataSet.EMPTY, DataSet.EMPTY, NOTHING, OutputStream.nullOutputStream()))
        .isInstanceOfSatisfying(
            DicomFormatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.MALFORMED));
  }

  @Test
  void a_value_of_more_than_four_gigabytes_cannot_be_written() {
    Element huge = new Element(PIXELS, Vr.OW, new Value.Located(0, 0xffffffffL, false));
    assertThatThrownBy(() -> write(huge))
        .isInstanceOfSatisfying(
            DicomFormatException.class, e -> assertThat(e.problem()).isEqualTo(Problem.TOO_LARGE));
  }

  @Test
  void a_long_value_passes_through_in_pieces() throws IOException {
    ByteSource zeros =
        new ByteSource() {
          @Override
          public long size() {
            return 2L << 30;
          }

          @Override
          public void read(long offset, byte[] into, int at, int length) {
            java.util.Arrays.fill(into, at, at + length, (byte) 0);
          }
        };
    long[] written = new long[1];
    OutputStream counting =
        new OutputStream() {
          @Override
          public void write(int b) {
            written[0]++;
          }

          @Override
          public void write(byte[] b, int off, int len) {
            written[0] += len;
          }
        };
    Element pixels = new Element(PIXELS, Vr.OB, new Value.Located(0, 256 << 20, false));
    Allocation allocation = Allocation.start();
    DicomWriter.writeDataSet(
        DataSet.of(List.of(pixels)), TransferSyntax.EXPLICIT_LE, zeros, counting);
    assertThat(written[0]).isEqualTo(12 + (256 << 20));
    assertThat(allocation.bytes()).isLessThan(1 << 20);
  }
}
