package org.ithil.web.slices;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.junit.jupiter.api.Test;

/** The order of slices, as the reference orders the same series. */
class SliceOrderTest {
  private static final String AXIAL = "1\\0\\0\\0\\1\\0";
  private static final String SAGITTAL = "0\\1\\0\\0\\0\\-1";

  private final List<Slice> slices = new ArrayList<>();

  @Test
  void orders_parallel_slices_along_their_normal() {
    slice("0\\0\\3", AXIAL, "1");
    slice("0\\0\\2", AXIAL, "2");
    slice("0\\0\\1", AXIAL, "3");
    assertOrder(true, 2, 1, 0);
  }

  @Test
  void looks_in_the_direction_of_the_normal() {
    slice("3\\0\\0", SAGITTAL, "1");
    slice("2\\0\\0", SAGITTAL, "2");
    slice("1\\0\\0", SAGITTAL, "3");
    assertOrder(true, 0, 1, 2);
  }

  @Test
  void takes_planes_that_face_each_other_for_parallel() {
    slice("0\\0\\3", AXIAL, "1");
    slice("0\\0\\2", "1\\0\\0\\0\\-1\\0", "2");
    slice("0\\0\\1", AXIAL, "3");
    assertOrder(true, 2, 1, 0);
  }

  @Test
  void orders_slices_at_one_place_by_their_numbers() {
    slice("0\\0\\3", AXIAL, "3");
    slice("0\\0\\3", AXIAL, "1");
    slice("0\\0\\1", AXIAL, "2");
    assertOrder(false, 1, 2, 0);
  }

  @Test
  void orders_slices_that_are_not_parallel_by_their_numbers() {
    slice("0\\0\\3", AXIAL, "3");
    slice("0\\0\\2", SAGITTAL, "1");
    slice("0\\0\\1", AXIAL, "2");
    assertOrder(false, 1, 2, 0);
  }

  @Test
  void orders_slices_without_place_by_their_numbers() {
    slice(null, null, "3");
    slice("0\\0\\2", AXIAL, "1");
    slice("x\\0\\2", AXIAL, " 2 ");
    slice("0\\0", AXIAL, "4");
    slice("0\\0\\9", "1\\0\\0\\1\\0\\0", "5");
    assertOrder(false, 1, 2, 0, 3, 4);
  }

  @Test
  void puts_negative_numbers_last() {
    slice(null, null, "-1");
    slice(null, null, "2");
    slice(null, null, "1");
    assertOrder(false, 2, 1, 0);
  }

  @Test
  void needs_no_number_for_a_single_slice() {
    slice(null, null, null);
    assertOrder(false, 0);
  }

  @Test
  void gives_up_without_places_and_numbers() {
    slice(null, null, "1");
    slice(null, null, null);
    assertThat(SliceOrder.of(slices)).isEmpty();
  }

  @Test
  void counts_one_frame_unless_the_instance_says_otherwise() {
    assertThat(instance(Map.of()).frames()).isEqualTo(1);
    assertThat(instance(Map.of(Tag.NumberOfFrames, "12")).frames()).isEqualTo(12);
    assertThat(instance(Map.of(Tag.NumberOfFrames, "x")).frames()).isEqualTo(1);
    assertThat(instance(Map.of(Tag.NumberOfFrames, "0")).frames()).isZero();
  }

  private void slice(String position, String orientation, String number) {
    Map<Integer, String> tags = new TreeMap<>();
    if (position != null) {
      tags.put(Tag.ImagePositionPatient, position);
      tags.put(Tag.ImageOrientationPatient, orientation);
    }
    if (number != null) {
      tags.put(Tag.InstanceNumber, number);
    }
    slices.add(instance(tags));
  }

  private Slice instance(Map<Integer, String> tags) {
    return Slice.of(new ResourceId(0, 0, slices.size()), tags);
  }

  private void assertOrder(boolean volume, int... order) {
    SliceOrder found = SliceOrder.of(slices).orElseThrow();
    assertThat(found.volume()).isEqualTo(volume);
    assertThat(found.slices().stream().mapToInt(slice -> slice.id().low()).toArray())
        .isEqualTo(order);
  }
}
