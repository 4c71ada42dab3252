package org.ithil.web.slices;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The slices of a series in order.
 *
 * @param volume true if they are ordered along the normal of their planes, false if by their
 *     instance numbers
 * @param slices in order
 */
record SliceOrder(boolean volume, List<Slice> slices) {
  /** Cosine above which two planes are parallel, whichever side of them looks forward. */
  private static final double PARALLEL = 0.99999;

  /** Slices that are not further from one another than this (mm) lie at one place. */
  private static final double SAME_PLACE = 1e-5;

  /** A slice and its distance from the origin along the common normal, in mm. */
  private record Placed(double distance, Slice slice) {}

  /**
   * Orders slices: two and more that are parallel and all at different places by place, others by
   * instance number. Empty if neither is possible.
   *
   * @param slices equal numbers stay in this order
   */
  static Optional<SliceOrder> of(List<Slice> slices) {
    Optional<SliceOrder> volume = byPlace(slices);
    if (volume.isPresent()) {
      return volume;
    }
    if (slices.size() > 1 && slices.stream().anyMatch(slice -> slice.number().isEmpty())) {
      return Optional.empty();
    }
    List<Slice> sorted = new ArrayList<>(slices);
    sorted.sort(Comparator.comparingLong(slice -> slice.number().orElse(0)));
    return Optional.of(new SliceOrder(false, sorted));
  }

  private static Optional<SliceOrder> byPlace(List<Slice> slices) {
    double[] common = slices.size() < 2 ? null : slices.getFirst().normal();
    if (common == null) {
      return Optional.empty();
    }
    List<Placed> placed = new ArrayList<>();
    for (Slice slice : slices) {
      double[] position = slice.position();
      double[] normal = slice.normal();
      if (position == null || normal == null || Math.abs(product(common, normal)) < PARALLEL) {
        return Optional.empty();
      }
      placed.add(new Placed(product(common, position), slice));
    }
    placed.sort(Comparator.comparingDouble(Placed::distance));
    for (int i = 1; i < placed.size(); i++) {
      if (placed.get(i).distance() - placed.get(i - 1).distance() < SAME_PLACE) {
        return Optional.empty();
      }
    }
    return Optional.of(new SliceOrder(true, placed.stream().map(Placed::slice).toList()));
  }

  private static double product(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
