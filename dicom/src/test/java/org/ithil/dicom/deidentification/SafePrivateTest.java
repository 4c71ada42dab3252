package org.ithil.dicom.deidentification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ithil.dicom.deidentification.DeidentificationOption.RETAIN_SAFE_PRIVATE;

import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;

class SafePrivateTest {
  private static final int CREATOR = 0x00190010;
  private static final int B_VALUE = 0x0019100c;
  private static final int OTHER = 0x0019100b;

  private static DataSet with(Element... more) {
    List<Element> elements =
        new ArrayList<>(
            List.of(
                Elements.ascii(CREATOR, Vr.LO, "SIEMENS MR HEADER"),
                Elements.ascii(B_VALUE, Vr.IS, "1000"),
                Elements.ascii(OTHER, Vr.LO, "Smith")));
    elements.addAll(List.of(more));
    return DataSet.of(elements);
  }

  private static DataSet retained(DataSet dataSet) {
    return Trials.by(Trials.standard(RETAIN_SAFE_PRIVATE)).apply(Trials.of(dataSet)).dataSet();
  }

  @Test
  void keeps_what_the_table_names_and_its_creator() {
    DataSet result = retained(with());
    assertThat(result.ascii(B_VALUE)).contains("1000");
    assertThat(result.ascii(CREATOR)).contains("SIEMENS MR HEADER");
    assertThat(result.contains(OTHER)).isFalse();
  }

  @Test
  void keeps_nothing_without_the_option_or_with_another_representation() {
    DataSet result = Trials.by(Trials.standard()).apply(Trials.of(with())).dataSet();
    assertThat(result.contains(B_VALUE)).isFalse();
    assertThat(result.contains(CREATOR)).isFalse();
    DataSet text = with().with(Elements.ascii(B_VALUE, Vr.LO, "Smith"));
    assertThat(retained(text).contains(B_VALUE)).isFalse();
    assertThat(retained(text).contains(CREATOR)).isFalse();
  }

  @Test
  void keeps_what_the_data_set_declares_to_be_safe() {
    DataSet.Builder declaration = new DataSet.Builder();
    declaration.put(
        new Element(Tag.PrivateGroupReference, Vr.US, new Value.Bytes(new byte[] {0x19, 0})));
    declaration.put(Elements.ascii(Tag.PrivateCreatorReference, Vr.LO, "SIEMENS MR HEADER"));
    declaration.put(Elements.ascii(Tag.BlockIdentifyingInformationStatus, Vr.CS, "MIXED"));
    declaration.put(
        new Element(
            Tag.NonidentifyingPrivateElements, Vr.US, new Value.Bytes(new byte[] {0x0b, 0})));
    DataSet result =
        retained(
            with(
                Elements.sequence(
                    Tag.PrivateDataElementCharacteristicsSequence, List.of(declaration.build()))));
    assertThat(result.ascii(OTHER)).contains("Smith");
  }
}
