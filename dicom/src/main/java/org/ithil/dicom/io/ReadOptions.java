package org.ithil.dicom.io;

import org.ithil.dicom.dictionary.Dictionary;

/**
 * Limits and choices of a reading.
 *
 * @param stopBeforePixelData whether reading ends at the first of (7FE0,0008), (7FE0,0009),
 *     (7FE0,0010) of the outermost data set; nothing behind is looked at then
 * @param largeValue values longer than this many bytes stay where they are, as {@code
 *     Value.Located}
 * @param maxInMemory most bytes of values that are loaded; when they are used up, all further
 *     values of more than a few bytes stay where they are, so that no file can fill the memory
 * @param maxDepth most sequences inside one another
 * @param maxInflated most bytes that a deflated data set may inflate to
 * @param maxElements most elements, items and fragments, those in items included
 * @param dictionary what gives implicit VR elements their representation
 */
public record ReadOptions(
    boolean stopBeforePixelData,
    int largeValue,
    long maxInMemory,
    int maxDepth,
    long maxInflated,
    int maxElements,
    Dictionary dictionary) {
  /**
   * All elements, values above 64 KiB located, 64 MiB of values loaded, 64 levels, 1 GiB inflated,
   * two million elements.
   */
  public static final ReadOptions DEFAULT =
      new ReadOptions(
          false, 64 << 10, 64L << 20, 64, 1L << 30, 2_000_000, Dictionary.withPrivateTags());

  public ReadOptions stoppingBeforePixelData() {
    return new ReadOptions(
        true, largeValue, maxInMemory, maxDepth, maxInflated, maxElements, dictionary);
  }

  public ReadOptions withLargeValue(int bytes) {
    return new ReadOptions(
        stopBeforePixelData, bytes, maxInMemory, maxDepth, maxInflated, maxElements, dictionary);
  }

  public ReadOptions withMaxInMemory(long bytes) {
    return new ReadOptions(
        stopBeforePixelData, largeValue, bytes, maxDepth, maxInflated, maxElements, dictionary);
  }

  public ReadOptions withMaxDepth(int levels) {
    return new ReadOptions(
        stopBeforePixelData, largeValue, maxInMemory, levels, maxInflated, maxElements, dictionary);
  }

  public ReadOptions withMaxInflated(long bytes) {
    return new ReadOptions(
        stopBeforePixelData, largeValue, maxInMemory, maxDepth, bytes, maxElements, dictionary);
  }

  public ReadOptions withMaxElements(int elements) {
    return new ReadOptions(
        stopBeforePixelData, largeValue, maxInMemory, maxDepth, maxInflated, elements, dictionary);
  }

  public ReadOptions withDictionary(Dictionary replacement) {
    return new ReadOptions(
        stopBeforePixelData,
        largeValue,
        maxInMemory,
        maxDepth,
        maxInflated,
        maxElements,
        replacement);
  }
}
