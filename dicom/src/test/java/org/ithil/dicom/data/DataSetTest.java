package org.ithil.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;

class DataSetTest {
  private static final List<Integer> TAGS = List.of(0x00080005, 0x00100010, 0x7fe00010, 0xfffefff0);

  @Test
  void one_more_element_comes_to_its_place_and_the_data_set_itself_stays_as_it_is() {
    DataSet some = DataSet.of(TAGS.stream().map(tag -> element(tag, 1)).toList());
    for (int tag : new int[] {0, 0x00080005, 0x00080008, 0x7fe00010, 0x80000000, 0xffffffff}) {
      DataSet more = some.with(element(tag, 2));
      assertThat(more).isEqualTo(some.toBuilder().put(element(tag, 2)).build());
      assertThat(more.get(tag)).isEqualTo(element(tag, 2));
      assertThat(more.get(0x00100010)).isEqualTo(element(0x00100010, 1));
      assertThat(some.size()).isEqualTo(TAGS.size());
    }
    assertThat(DataSet.EMPTY.with(element(1, 1))).containsExactly(element(1, 1));
  }

  private static Element element(int tag, int value) {
    return new Element(tag, Vr.US, VALUES[value]);
  }

  private static final Value[] VALUES = {
    Value.EMPTY, new Value.Bytes(new byte[] {1, 0}), new Value.Bytes(new byte[] {2, 0})
  };
}
