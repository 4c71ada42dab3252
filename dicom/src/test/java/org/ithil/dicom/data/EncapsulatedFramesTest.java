package org.ithil.dicom.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ithil.dicom.encoding.Vr;
import org.junit.jupiter.api.Test;

/** Which fragments belong to which frame. */
class EncapsulatedFramesTest {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);

  private static Value bytes(int length) {
    return new Value.Bytes(new byte[length]);
  }

  private static Value table(long... offsets) {
    return numbers(4, offsets);
  }

  private static Value numbers(int unit, long... numbers) {
    ByteBuffer buffer = ByteBuffer.allocate(unit * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long number : numbers) {
      if (unit == 8) {
        buffer.putLong(number);
      } else {
        buffer.putInt((int) number);
      }
    }
    return new Value.Bytes(buffer.array());
  }

  private static DataSet.Builder pixels(Value... fragments) {
    return new DataSet.Builder()
        .put(new Element(0x7fe00010, Vr.OB, new Value.Fragments(List.of(fragments))));
  }

  private static Element frames(String number) {
    return new Element(
        0x00280008, Vr.IS, new Value.Bytes(number.getBytes(StandardCharsets.US_ASCII)));
  }

  private static List<Integer> sizes(DataSet.Builder dataSet) throws IOException {
    EncapsulatedFrames frames = EncapsulatedFrames.of(dataSet.build(), NOTHING);
    assertThat(frames).isNotNull();
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < frames.count(); i++) {
      sizes.add(frames.fragments(i).size());
    }
    return sizes;
  }

  @Test
  void native_pixel_data_has_none() throws IOException {
    assertThat(EncapsulatedFrames.of(DataSet.EMPTY, NOTHING)).isNull();
  }

  @Test
  void the_basic_offset_table_groups_fragments() throws IOException {
    DataSet.Builder dataSet = pixels(table(0, 28), bytes(4), bytes(8), bytes(6));
    assertThat(sizes(dataSet)).containsExactly(2, 1);
    EncapsulatedFrames frames = EncapsulatedFrames.of(dataSet.build(), NOTHING);
    assertThat(frames).isNotNull();
    assertThat(frames.length(0)).isEqualTo(12);
    assertThatThrownBy(() -> frames.fragments(2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void the_extended_offset_table_comes_first() throws IOException {
    DataSet.Builder dataSet =
        pixels(table(), bytes(4), bytes(8), bytes(6))
            .put(new Element(0x7fe00001, Vr.OV, numbers(8, 0, 12, 28)));
    assertThat(sizes(dataSet)).containsExactly(1, 1, 1);
  }

  @Test
  void a_table_that_lies_elsewhere_is_read_from_there() throws IOException {
    DataSet dataSet = pixels(new Value.Located(2, 8, false), bytes(4), bytes(8), bytes(6)).build();
    ByteSource source = ByteSource.of(new byte[] {9, 9, 0, 0, 0, 0, 12, 0, 0, 0});
    EncapsulatedFrames frames = EncapsulatedFrames.of(dataSet, source);
    assertThat(frames).isNotNull();
    assertThat(frames.fragments(1)).hasSize(2);
  }

  @Test
  void a_table_that_points_outside_is_not_believed() throws IOException {
    assertThat(sizes(pixels(table(0, 1000), bytes(4), bytes(8)).put(frames("2 "))))
        .containsExactly(1, 1);
    assertThat(sizes(pixels(table(4, 8), bytes(4), bytes(8)).put(frames("2 "))))
        .containsExactly(1, 1);
  }

  @Test
  void without_table_one_frame_has_all_fragments() throws IOException {
    assertThat(sizes(pixels(table(), bytes(4), bytes(8)))).containsExactly(2);
    assertThat(sizes(pixels(table(), bytes(4), bytes(8)).put(frames("1 ")))).containsExactly(2);
  }

  @Test
  void without_table_marks_of_new_images_tell_frames_apart() throws IOException {
    Value start = new Value.Bytes(new byte[] {(byte) 0xff, (byte) 0xd8, 1, 1});
    assertThat(sizes(pixels(table(), start, bytes(4), start).put(frames("2 "))))
        .containsExactly(2, 1);
  }

  @Test
  void failing_all_that_each_fragment_is_a_frame() throws IOException {
    assertThat(sizes(pixels(table(), bytes(4), bytes(4), bytes(4)).put(frames("2 "))))
        .containsExactly(1, 1, 1);
    assertThat(sizes(pixels(table(), bytes(4), bytes(4)).put(frames("9 ")))).containsExactly(1, 1);
  }

  @Test
  void no_fragments_are_no_frames() throws IOException {
    assertThat(sizes(pixels())).isEmpty();
    assertThat(sizes(pixels(table()))).isEmpty();
  }
}
