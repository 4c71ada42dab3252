package org.ithil.server.configuration;

import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.io.ReadOptions;

/** The keys of reading DICOM files. */
final class ReadingKeys {
  private static final long MEGABYTE = 1L << 20;

  /** Each level takes some of the stack of whoever reads or writes it. */
  private static final int DEEPEST = 256;

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
}
