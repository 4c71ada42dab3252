package org.ithil.web.slices;

import java.util.Map;
import java.util.OptionalLong;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What the order of slices is made of.
 *
 * @param id the instance
 * @param frames how many frames it has
 * @param number its instance number; negative ones count as very large
 * @param position of its first pixel in mm: x, y, z; null if it is not known
 * @param normal unit vector perpendicular to its plane; null if it is not known
 */
@SuppressWarnings("ArrayRecordComponent")
record Slice(
    ResourceId id,
    long frames,
    OptionalLong number,
    double @Nullable [] position,
    double @Nullable [] normal) {

  /** Rows and columns that span less than this are no plane. */
  private static final double SMALLEST_NORMAL = 1e-6;

  /**
   * @param tags main tags of the instance
   */
  static Slice of(ResourceId id, Map<Integer, String> tags) {
    OptionalLong frames = whole(tags.get(Tag.NumberOfFrames));
    OptionalLong number = whole(tags.get(Tag.InstanceNumber));
    return new Slice(
        id,
        frames.isPresent() && frames.getAsLong() >= 0 ? frames.getAsLong() : 1,
        number.isPresent() ? OptionalLong.of(number.getAsLong() & 0xffffffffL) : number,
        numbers(tags.get(Tag.ImagePositionPatient), 3),
        normal(numbers(tags.get(Tag.ImageOrientationPatient), 6)));
  }

  private static OptionalLong whole(@Nullable String text) {
    try {
      return text == null ? OptionalLong.empty() : OptionalLong.of(Integer.parseInt(text.strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static double @Nullable [] numbers(@Nullable String text, int count) {
    String[] parts = text == null ? new String[0] : text.split("\\\\", -1);
    if (parts.length != count) {
      return null;
    }
    double[] numbers = new double[count];
    try {
      for (int i = 0; i < count; i++) {
        numbers[i] = Double.parseDouble(parts[i].strip());
        if (!Double.isFinite(numbers[i])) {
          return null;
        }
      }
    } catch (NumberFormatException e) {
      return null;
    }
    return numbers;
  }

  /** Row direction times column direction (PS3.3 C.7.6.2.1.1). */
  private static double @Nullable [] normal(double @Nullable [] axes) {
    if (axes == null) {
      return null;
    }
    double x = axes[1] * axes[5] - axes[2] * axes[4];
    double y = axes[2] * axes[3] - axes[0] * axes[5];
    double z = axes[0] * axes[4] - axes[1] * axes[3];
    double length = Math.sqrt(x * x + y * y + z * z);
    return length < SMALLEST_NORMAL ? null : new double[] {x / length, y / length, z / length};
  }
}
