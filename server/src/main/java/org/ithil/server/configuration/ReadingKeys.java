package org.ithil.server.configuration;

import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.imaging.picture.PictureRules;

/** The keys of reading DICOM files and pictures. */
final class ReadingKeys {
  private static final long MEGABYTE = 1L << 20;

  /** Each level takes some of the stack of whoever reads or writes it. */
  private static final int DEEPEST = 256;

  /** Rows and Columns have 16 bits. */
  private static final int MOST_PIXELS = 65_535;

  private ReadingKeys() {}

  static ReadOptions reading(Section root, Dictionary dictionary) {
    Section own = root.section("Ithil");
    return ReadOptions.DEFAULT
        .withMaxInMemory(own.integer("FileMemoryMB", 1, Integer.MAX_VALUE) * MEGABYTE)
        .withMaxDepth(own.integer("FileNesting", 1, DEEPEST))
        .withMaxInflated(own.integer("FileInflatedSizeMB", 1, Integer.MAX_VALUE) * MEGABYTE)
        .withMaxElements(own.integer("FileElements", 1, Integer.MAX_VALUE))
        .withDictionary(dictionary);
  }

  static PictureRules pictures(Section root) {
    Section own = root.section("Ithil");
    return new PictureRules(
        own.integer("PictureMemoryMB", 1, Integer.MAX_VALUE) * MEGABYTE,
        own.integer("PictureDimension", 1, MOST_PIXELS));
  }
}
