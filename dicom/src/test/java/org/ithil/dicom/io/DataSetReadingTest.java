package org.ithil.dicom.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.encoding.TransferSyntax;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFormatException.Problem;
import org.junit.jupiter.api.Test;

/** Elements, sequences and fragments as they come, in order and in disorder. */
class DataSetReadingTest {
  private static final int NAME = 0x00100010;
  private static final int ID = 0x00100020;
  private static final int REFERENCES = 0x00081140;
  private static final int PIXELS = 0x7fe00010;
  private static final byte[] NOBODY =
      Hand.explicit().element(NAME, "PN", "A^B ").bytes(); // 12 bytes

  private static DataSet read(Hand bytes) throws IOException {
    return read(bytes, TransferSyntax.EXPLICIT_LE);
  }

  private static DataSet read(Hand bytes, TransferSyntax syntax) throws IOException {
    return DicomReader.readDataSet(bytes.source(), syntax, ReadOptions.DEFAULT).dataSet();
  }

  private static void refuses(Problem problem, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            DicomFormatException.class, e -> assertThat(e.problem()).isEqualTo(problem));
  }

  private static Element element(DataSet dataSet, int tag) {
    Element element = dataSet.get(tag);
    assertThat(element).isNotNull();
    return element;
  }

  private static List<DataSet> items(DataSet dataSet, int tag) {
    return element(dataSet, tag).items();
  }

  @Test
  void sorts_elements_that_come_out_of_order() throws IOException {
    DataSet dataSet =
        read(
            Hand.explicit()
                .element(ID, "LO", "ID")
                .element(NAME, "PN", "A^B ")
                .element(8, "UL", new byte[4]));
    assertThat(dataSet).extracting(Element::tag).containsExactly(8, NAME, ID);
  }

  @Test
  void keeps_the_first_of_elements_with_one_tag() throws IOException {
    DataSet dataSet = read(Hand.explicit().element(ID, "LO", "1 ").element(ID, "LO", "2 "));
    assertThat(dataSet.ascii(ID)).contains("1");
    assertThat(dataSet.size()).isEqualTo(1);
  }

  @Test
  void keeps_group_lengths() throws IOException {
    DataSet dataSet = read(Hand.explicit().element(0x00100000, "UL", Hand.hex("01020000")));
    assertThat(dataSet.integer(0x00100000)).hasValue(0x201);
  }

  @Test
  void keeps_values_of_odd_length_as_they_are() throws IOException {
    DataSet dataSet = read(Hand.explicit().element(NAME, "PN", "A^B").element(ID, "LO", "ID"));
    assertThat(element(dataSet, NAME).bytes()).hasSize(3);
    assertThat(dataSet.ascii(ID)).contains("ID");
  }

  @Test
  void an_unknown_vr_of_two_capitals_has_a_long_length() throws IOException {
    DataSet dataSet =
        read(Hand.explicit().element(0x00081030, "ZZ", "what").element(ID, "LO", "ID"));
    assertThat(element(dataSet, 0x00081030))
        .isEqualTo(new Element(0x00081030, Vr.UN, new Value.Bytes("what".getBytes())));
    assertThat(dataSet.contains(ID)).isTrue();
  }

  @Test
  void what_is_no_vr_at_all_has_a_short_length() throws IOException {
    DataSet dataSet =
        read(Hand.explicit().element(0x00081030, "z1", "what").element(ID, "LO", "ID"));
    assertThat(element(dataSet, 0x00081030).vr()).isEqualTo(Vr.UN);
    assertThat(dataSet.ascii(ID)).contains("ID");
  }

  @Test
  void an_element_of_vr_un_stays_un_though_its_tag_is_known() throws IOException {
    DataSet dataSet = read(Hand.explicit().element(ID, "UN", "ID"));
    assertThat(element(dataSet, ID).vr()).isEqualTo(Vr.UN);
  }

  @Test
  void un_of_undefined_length_is_a_sequence_with_implicit_items() throws IOException {
    byte[] item = Hand.implicit().element(NAME, "", "A^B ").bytes();
    byte[] content = Hand.implicit().item(item).endSequence().bytes();
    DataSet dataSet =
        read(
            Hand.explicit()
                .element(0x00091010, "UN", Hand.UNDEFINED, content)
                .element(ID, "LO", "ID"));
    assertThat(element(dataSet, 0x00091010).vr()).isEqualTo(Vr.SQ);
    assertThat(items(dataSet, 0x00091010).getFirst().ascii(NAME)).contains("A^B");
    assertThat(dataSet.ascii(ID)).contains("ID");
  }

  @Test
  void an_unknown_element_of_undefined_length_is_a_sequence_in_implicit_vr() throws IOException {
    byte[] item = Hand.implicit().element(NAME, "", "A^B ").bytes();
    byte[] content = Hand.implicit().item(item).endSequence().bytes();
    DataSet dataSet =
        read(
            Hand.implicit().element(0x00091010, "", Hand.UNDEFINED, content),
            TransferSyntax.IMPLICIT_LE);
    assertThat(items(dataSet, 0x00091010).getFirst().ascii(NAME)).contains("A^B");
  }

  @Test
  void a_private_element_takes_its_vr_from_the_dictionary_of_its_creator() throws IOException {
    Hand bytes =
        Hand.implicit()
            .element(0x00290010, "", "SIEMENS CSA HEADER")
            .element(0x00291008, "", "IMAGE NUM 4 ");
    assertThat(element(read(bytes, TransferSyntax.IMPLICIT_LE), 0x00291008).vr()).isEqualTo(Vr.CS);
    ReadOptions plain = ReadOptions.DEFAULT.withDictionary(Dictionary.standard());
    DataSet without =
        DicomReader.readDataSet(bytes.source(), TransferSyntax.IMPLICIT_LE, plain).dataSet();
    assertThat(element(without, 0x00291008).vr()).isEqualTo(Vr.UN);
    assertThat(element(without, 0x00290010).vr()).isEqualTo(Vr.LO);
  }

  @Test
  void pixel_representation_decides_between_us_and_ss_also_in_items_below() throws IOException {
    byte[] inner = Hand.implicit().element(0x00283002, "", new byte[6]).bytes();
    Hand signed =
        Hand.implicit()
            .element(0x00280103, "", Hand.hex("0100"))
            .element(0x00280106, "", Hand.hex("ffff"))
            .element(0x00283000, "", Hand.implicit().item(inner).bytes());
    DataSet dataSet = read(signed, TransferSyntax.IMPLICIT_LE);
    assertThat(dataSet.integer(0x00280106)).hasValue(-1);
    assertThat(element(items(dataSet, 0x00283000).getFirst(), 0x00283002).vr()).isEqualTo(Vr.SS);
    Hand unsigned = Hand.implicit().element(0x00280106, "", Hand.hex("ffff"));
    assertThat(read(unsigned, TransferSyntax.IMPLICIT_LE).integer(0x00280106)).hasValue(65535);
  }

  @Test
  void big_endian_numbers_are_little_endian_in_memory() throws IOException {
    DataSet dataSet =
        read(
            Hand.bigEndian()
                .element(0x00280010, "US", Hand.hex("0102 0304"))
                .element(0x00280009, "AT", Hand.hex("00181063"))
                .element(0x00189306, "FD", Hand.hex("3ff0000000000000"))
                .element(0x00091001, "UN", Hand.hex("0102"))
                .element(PIXELS, "OW", Hand.hex("0102")),
            TransferSyntax.EXPLICIT_BE);
    assertThat(element(dataSet, 0x00280010).bytes()).isEqualTo(Hand.hex("0201 0403"));
    assertThat(element(dataSet, 0x00280009).bytes()).isEqualTo(Hand.hex("1800 6310"));
    assertThat(element(dataSet, 0x00189306).buffer().getDouble()).isEqualTo(1.0);
    assertThat(element(dataSet, 0x00091001).bytes()).isEqualTo(Hand.hex("0102"));
    assertThat(element(dataSet, PIXELS).bytes()).isEqualTo(Hand.hex("0201"));
  }

  @Test
  void a_large_value_stays_where_it_is() throws IOException {
    Hand bytes = Hand.explicit().element(ID, "LO", "ID").element(PIXELS, "OW", new byte[100]);
    DicomFile file =
        DicomReader.readDataSet(
            bytes.source(), TransferSyntax.EXPLICIT_LE, ReadOptions.DEFAULT.withLargeValue(99));
    assertThat(element(file.dataSet(), PIXELS).value())
        .isEqualTo(new Value.Located(22, 100, false));
    assertThat(file.pixelDataOffset()).hasValue(10);
  }

  @Test
  void values_stay_where_they_are_when_the_memory_for_them_is_used_up() throws IOException {
    Hand bytes =
        Hand.explicit()
            .element(0x00091001, "OB", new byte[100])
            .element(0x00091002, "OB", new byte[100])
            .element(ID, "LO", "ID");
    ReadOptions little = ReadOptions.DEFAULT.withMaxInMemory(50);
    DataSet dataSet =
        DicomReader.readDataSet(bytes.source(), TransferSyntax.EXPLICIT_LE, little).dataSet();
    assertThat(element(dataSet, 0x00091001).value()).isInstanceOf(Value.Bytes.class);
    assertThat(element(dataSet, 0x00091002).value()).isInstanceOf(Value.Located.class);
    assertThat(dataSet.ascii(ID)).contains("ID");
  }

  @Test
  void reading_can_stop_before_pixel_data_whatever_lies_behind() throws IOException {
    Hand bytes = Hand.explicit().element(ID, "LO", "ID").element(PIXELS, "OW", 1000, new byte[1]);
    DicomFile file =
        DicomReader.readDataSet(
            bytes.source(),
            TransferSyntax.EXPLICIT_LE,
            ReadOptions.DEFAULT.stoppingBeforePixelData());
    assertThat(file.dataSet().size()).isEqualTo(1);
    assertThat(file.pixelDataOffset()).hasValue(10);
  }

  @Test
  void pixel_data_of_an_icon_does_not_stop_the_reading() throws IOException {
    byte[] icon = Hand.explicit().element(PIXELS, "OB", "icon").bytes();
    Hand bytes =
        Hand.explicit()
            .element(0x00880200, "SQ", Hand.explicit().item(icon).bytes())
            .element(0x00880904, "LO", "ID");
    DicomFile file =
        DicomReader.readDataSet(
            bytes.source(),
            TransferSyntax.of("1.2.840.10008.1.2.4.50"),
            ReadOptions.DEFAULT.stoppingBeforePixelData());
    assertThat(file.dataSet().size()).isEqualTo(2);
    assertThat(file.pixelDataOffset()).isEmpty();
  }

  @Test
  void an_item_may_be_longer_than_its_sequence() throws IOException {
    byte[] item = Hand.explicit().item(NOBODY).bytes();
    DataSet dataSet =
        read(Hand.explicit().element(REFERENCES, "SQ", 16, item).element(ID, "LO", "ID"));
    assertThat(items(dataSet, REFERENCES).getFirst().ascii(NAME)).contains("A^B");
    assertThat(dataSet.ascii(ID)).contains("ID");
  }

  @Test
  void a_sequence_of_known_length_may_have_items_of_undefined_length_and_a_delimiter()
      throws IOException {
    byte[] content = Hand.explicit().item(Hand.UNDEFINED, NOBODY).endItem().endSequence().bytes();
    DataSet dataSet =
        read(Hand.explicit().element(REFERENCES, "SQ", content).element(ID, "LO", "ID"));
    assertThat(items(dataSet, REFERENCES)).hasSize(1);
    assertThat(dataSet.ascii(ID)).contains("ID");
  }

  @Test
  void empty_items_and_empty_sequences_are_kept() throws IOException {
    byte[] content =
        Hand.explicit()
            .item(new byte[0])
            .item(Hand.UNDEFINED, new byte[0])
            .endItem()
            .endSequence()
            .bytes();
    DataSet dataSet =
        read(
            Hand.explicit()
                .element(REFERENCES, "SQ", Hand.UNDEFINED, content)
                .element(0x00089215, "SQ", new byte[0]));
    assertThat(items(dataSet, REFERENCES)).containsExactly(DataSet.EMPTY, DataSet.EMPTY);
    assertThat(element(dataSet, 0x00089215).value()).isEqualTo(new Value.Items(List.of()));
  }

  @Test
  void an_item_delimiter_ends_the_outermost_data_set() throws IOException {
    assertThat(read(Hand.explicit().raw(NOBODY).endItem().element(ID, "LO", "ID")).size())
        .isEqualTo(1);
  }

  @Test
  void refuses_a_value_that_is_longer_than_its_item() {
    byte[] content = Hand.explicit().item(10, NOBODY).endSequence().bytes();
    refuses(
        Problem.MALFORMED,
        () -> read(Hand.explicit().element(REFERENCES, "SQ", Hand.UNDEFINED, content)));
  }

  @Test
  void refuses_a_sequence_that_reaches_over_following_elements() {
    byte[] item = Hand.explicit().item(NOBODY).bytes();
    refuses(
        Problem.MALFORMED,
        () ->
            read(Hand.explicit().element(REFERENCES, "SQ", 28, item).element(ID, "LO", "longer")));
  }

  @Test
  void refuses_a_sequence_of_undefined_length_that_ends_with_the_data() {
    byte[] item = Hand.explicit().item(NOBODY).bytes();
    refuses(
        Problem.TRUNCATED,
        () -> read(Hand.explicit().element(REFERENCES, "SQ", Hand.UNDEFINED, item)));
  }

  @Test
  void refuses_an_item_that_a_sequence_delimiter_ends() {
    byte[] content = Hand.explicit().item(Hand.UNDEFINED, NOBODY).endSequence().bytes();
    refuses(
        Problem.MALFORMED,
        () -> read(Hand.explicit().element(REFERENCES, "SQ", Hand.UNDEFINED, content)));
  }

  @Test
  void refuses_items_and_sequence_delimiters_outside_of_sequences() {
    refuses(Problem.MALFORMED, () -> read(Hand.explicit().raw(NOBODY).endSequence()));
    refuses(Problem.MALFORMED, () -> read(Hand.explicit().raw(NOBODY).item(new byte[0])));
  }

  @Test
  void refuses_a_value_that_is_longer_than_the_data() {
    refuses(Problem.TRUNCATED, () -> read(Hand.explicit().element(ID, "LO", 3, Hand.hex("4944"))));
    refuses(
        Problem.TRUNCATED,
        () -> read(Hand.explicit().element(0x00091001, "OB", 0xfffffffe, new byte[4])));
  }

  @Test
  void refuses_data_that_end_inside_the_head_of_an_element() {
    for (int n = 1; n < 8; n++) {
      byte[] rest = new byte[n];
      refuses(Problem.TRUNCATED, () -> read(Hand.explicit().raw(NOBODY).raw(rest)));
    }
    refuses(Problem.TRUNCATED, () -> read(Hand.explicit().raw("0900 0110 4f42 0000 0400")));
  }

  @Test
  void calls_it_trailing_bytes_when_the_rest_behind_pixel_data_is_no_element() {
    refuses(
        Problem.TRAILING_BYTES,
        () -> read(Hand.explicit().element(PIXELS, "OW", new byte[2]).raw("474152424147")));
    refuses(
        Problem.TRAILING_BYTES,
        () ->
            read(
                Hand.explicit()
                    .element(PIXELS, "OW", new byte[2])
                    .raw("4741524241474521 47415242")));
  }

  @Test
  void refuses_undefined_length_for_anything_but_sequences_and_pixel_data() {
    byte[] content = Hand.explicit().item(new byte[0]).endSequence().bytes();
    for (String vr : List.of("OB", "OW", "UT", "UC")) {
      refuses(
          Problem.MALFORMED,
          () -> read(Hand.explicit().element(0x00420011, vr, Hand.UNDEFINED, content)));
    }
  }

  @Test
  void nesting_is_limited() throws IOException {
    byte[] content = new byte[0];
    for (int i = 0; i < 64; i++) {
      byte[] item = Hand.explicit().item(content).bytes();
      content = Hand.explicit().element(REFERENCES, "SQ", item).bytes();
    }
    byte[] allowed = content;
    assertThat(read(Hand.explicit().raw(allowed)).size()).isEqualTo(1);
    byte[] item = Hand.explicit().item(allowed).bytes();
    refuses(Problem.TOO_DEEP, () -> read(Hand.explicit().element(REFERENCES, "SQ", item)));
  }

  @Test
  void the_number_of_elements_is_limited() {
    Hand bytes = Hand.explicit();
    for (int i = 0; i < 11; i++) {
      bytes.element(0x00091000 + i, "LO", "");
    }
    ByteSource source = bytes.source();
    ReadOptions few = ReadOptions.DEFAULT.withMaxElements(10);
    refuses(
        Problem.TOO_LARGE, () -> DicomReader.readDataSet(source, TransferSyntax.EXPLICIT_LE, few));
  }

  @Test
  void elements_in_wrong_order_are_sorted_only_up_to_a_number() throws IOException {
    ByteSource some = backwards(10_000);
    assertThat(
            DicomReader.readDataSet(some, TransferSyntax.IMPLICIT_LE, ReadOptions.DEFAULT)
                .dataSet()
                .size())
        .isEqualTo(10_000);
    ByteSource many = backwards(200_000);
    refuses(
        Problem.TOO_LARGE,
        () -> DicomReader.readDataSet(many, TransferSyntax.IMPLICIT_LE, ReadOptions.DEFAULT));
  }

  private static ByteSource backwards(int elements) {
    Hand bytes = Hand.implicit();
    for (int i = elements; i > 0; i--) {
      bytes.head(0x00110000 + 7 * i, 0);
    }
    return bytes.source();
  }

  @Test
  void fragments_are_walked_over_and_only_the_offset_table_is_loaded() throws IOException {
    byte[] content =
        Hand.explicit().item(new byte[4]).item(new byte[7]).item(new byte[0]).endSequence().bytes();
    Element pixels =
        element(
            read(
                Hand.explicit()
                    .element(PIXELS, "OW", Hand.UNDEFINED, content)
                    .element(0xfffcfffc, "OB", new byte[2])),
            PIXELS);
    assertThat(pixels)
        .isEqualTo(
            new Element(
                PIXELS,
                Vr.OB,
                new Value.Fragments(
                    List.of(
                        new Value.Bytes(new byte[4]),
                        new Value.Located(32, 7, false),
                        Value.EMPTY))));
  }

  @Test
  void refuses_fragments_that_are_cut_off_or_not_ended() {
    byte[] cut = Hand.explicit().item(new byte[0]).item(100, new byte[10]).bytes();
    refuses(
        Problem.TRUNCATED, () -> read(Hand.explicit().element(PIXELS, "OB", Hand.UNDEFINED, cut)));
    byte[] open = Hand.explicit().item(new byte[0]).item(new byte[10]).bytes();
    refuses(
        Problem.TRUNCATED, () -> read(Hand.explicit().element(PIXELS, "OB", Hand.UNDEFINED, open)));
    byte[] wrong = Hand.explicit().item(new byte[0]).raw(NOBODY).endSequence().bytes();
    refuses(
        Problem.MALFORMED,
        () -> read(Hand.explicit().element(PIXELS, "OB", Hand.UNDEFINED, wrong)));
  }

  @Test
  void refuses_native_pixel_data_in_an_encapsulated_syntax_of_the_standard() throws IOException {
    Hand bytes = Hand.explicit().element(PIXELS, "OB", new byte[2]);
    refuses(Problem.MALFORMED, () -> read(bytes, TransferSyntax.of("1.2.840.10008.1.2.4.50")));
    assertThat(read(bytes, TransferSyntax.of("1.2.3.4")).size()).isEqualTo(1);
  }
}
