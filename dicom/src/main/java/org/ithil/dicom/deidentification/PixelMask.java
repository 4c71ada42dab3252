package org.ithil.dicom.deidentification;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;

/**
 * A rectangle of each frame that is painted over.
 *
 * @param x first column, from 0
 * @param y first row, from 0
 * @param width columns; what goes beyond the image does no harm
 * @param height rows
 * @param manufacturer if given, only images whose Manufacturer (0008,0070) is that; case does not
 *     count
 * @param model if given, only images whose Manufacturer's Model Name (0008,1090) is that
 */
public record PixelMask(
    int x, int y, int width, int height, Optional<String> manufacturer, Optional<String> model) {
  /** Whether the image comes from the device that is meant. */
  boolean concerns(DataSet image) {
    return is(image, Tag.Manufacturer, manufacturer) && is(image, Tag.ManufacturerModelName, model);
  }

  /** Those that concern an image. */
  static List<PixelMask> concerning(List<PixelMask> masks, DataSet image) {
    return masks.stream().filter(mask -> mask.concerns(image)).toList();
  }

  private static boolean is(DataSet image, int tag, Optional<String> wanted) {
    return wanted.isEmpty()
        || plain(image.ascii(tag).orElse("")).equals(plain(wanted.orElseThrow()));
  }

  private static String plain(String text) {
    return text.strip().toLowerCase(Locale.ROOT);
  }
}
