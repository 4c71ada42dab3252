package org.ithil.dicom.edit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets in another character set. */
class RecodingTest {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);
  private static final String NAME = "Yamada^Tarou=山田^太郎=やまだ^たろう";

  private static SpecificCharacterSet set(String terms) {
    return SpecificCharacterSet.of(List.of(terms.split("\\\\", -1)));
  }

  private static Element text(int tag, Vr vr, String text, SpecificCharacterSet set) {
    return new Element(tag, vr, new Value.Bytes(ElementText.padded(set.encode(text, vr), vr)));
  }

  private static DataSet dataSet(String terms, boolean declared, Element... more) {
    List<Element> elements = new ArrayList<>(List.of(more));
    if (declared) {
      elements.add(text(Tag.SpecificCharacterSet, Vr.CS, terms, SpecificCharacterSet.ASCII));
    }
    return DataSet.of(elements);
  }

  private static String name(DataSet dataSet) {
    return dataSet.text(Tag.PatientName, SpecificCharacterSet.ASCII).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ISO_IR 192", "GB18030", "\\ISO 2022 IR 87"})
  void text_stays_what_it_was(String target) {
    String terms = "\\ISO 2022 IR 87";
    DataSet source = dataSet(terms, true, text(Tag.PatientName, Vr.PN, NAME, set(terms)));
    DataSet recoded = Recoding.recode(source, NOTHING, SpecificCharacterSet.ASCII, set(target));
    assertThat(name(recoded)).isEqualTo(NAME);
    assertThat(recoded.ascii(Tag.SpecificCharacterSet)).contains(target);
  }

  @Test
  void items_follow_with_the_set_that_they_had() {
    DataSet inner =
        dataSet("ISO_IR 100", true, text(Tag.PatientName, Vr.PN, "Jérôme", set("ISO_IR 100")));
    DataSet plain = dataSet("", false, text(Tag.PatientName, Vr.PN, "Люк", set("ISO_IR 144")));
    DataSet source =
        dataSet(
            "ISO_IR 144",
            true,
            new Element(Tag.ContentSequence, Vr.SQ, new Value.Items(List.of(inner, plain))));
    DataSet recoded =
        Recoding.recode(source, NOTHING, SpecificCharacterSet.ASCII, SpecificCharacterSet.UTF_8);
    Element sequence = recoded.get(Tag.ContentSequence);
    assertThat(sequence).isNotNull();
    assertThat(name(sequence.items().getFirst())).isEqualTo("Jérôme");
    assertThat(sequence.items().getLast().text(Tag.PatientName, SpecificCharacterSet.UTF_8))
        .contains("Люк");
    assertThat(sequence.items().getFirst().ascii(Tag.SpecificCharacterSet)).contains("ISO_IR 192");
  }

  @Test
  void counts_what_is_inherited_where_nothing_is_declared() {
    DataSet source = dataSet("", false, text(Tag.PatientName, Vr.PN, "Jérôme", set("ISO_IR 100")));
    DataSet recoded =
        Recoding.recode(source, NOTHING, set("ISO_IR 100"), SpecificCharacterSet.UTF_8);
    assertThat(name(recoded)).isEqualTo("Jérôme");
  }

  @Test
  void leaves_what_is_no_text() {
    Element code = text(Tag.Modality, Vr.CS, "CT", SpecificCharacterSet.ASCII);
    Element bytes = new Element(Tag.PixelData, Vr.OB, new Value.Bytes(new byte[] {(byte) 0xe9, 0}));
    DataSet recoded =
        Recoding.recode(
            dataSet("ISO_IR 100", true, code, bytes),
            NOTHING,
            SpecificCharacterSet.ASCII,
            SpecificCharacterSet.UTF_8);
    assertThat(recoded.get(Tag.Modality)).isSameAs(code);
    assertThat(recoded.get(Tag.PixelData)).isSameAs(bytes);
  }

  @Test
  void reads_text_that_was_left_in_the_file() {
    byte[] file = "..Jérôme.".getBytes(StandardCharsets.ISO_8859_1);
    Element located = new Element(Tag.TextValue, Vr.UT, new Value.Located(2, 6, false));
    DataSet recoded =
        Recoding.recode(
            dataSet("ISO_IR 100", true, located),
            ByteSource.of(file),
            SpecificCharacterSet.ASCII,
            SpecificCharacterSet.UTF_8);
    assertThat(recoded.text(Tag.TextValue, SpecificCharacterSet.ASCII)).contains("Jérôme");
  }

  @Test
  void refuses_text_that_is_too_long_to_be_read() {
    Element located = new Element(Tag.TextValue, Vr.UT, new Value.Located(0, 1L << 30, false));
    assertThatThrownBy(() ->
            Recoding.recode(
                dataSet("ISO_IR 100", true, located),
                NOTHING,
                SpecificCharacterSet.ASCII,
                SpecificCharacterSet.UTF_8))
        .isInstanceOf(EditException.class);
  }
}
