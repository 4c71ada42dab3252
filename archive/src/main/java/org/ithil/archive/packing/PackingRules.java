package org.ithil.archive.packing;

/**
 * How archives are packed.
 *
 * @param window instances that are read ahead, besides those that are being deflated (key {@code
 *     SequentialDicomReaderWindowSize})
 * @param windowBytes bytes that are read ahead by one archive (key {@code
 *     SequentialDicomReaderWindowCapacity})
 * @param readers instances that one archive reads at the same time (key {@code
 *     SequentialDicomReaderThreadsCount})
 * @param allReaders the same for all archives together (key {@code StorageLoaderThreadsCount})
 * @param allBytes bytes that all archives together read ahead (key {@code StorageMemoryCapacity})
 * @param utf8 whether names are UTF-8 unless a request says otherwise (key {@code ZipUseUtf8})
 * @param streaming whether synchronous archives are sent while they are made (key {@code
 *     SynchronousZipStream})
 */
public record PackingRules(
    int window,
    long windowBytes,
    int readers,
    int allReaders,
    long allBytes,
    boolean utf8,
    boolean streaming) {
  /** The defaults of the reference. */
  public static final PackingRules DEFAULT =
      new PackingRules(4, 128L << 20, 4, 4, 512L << 20, false, true);
}
