package org.ithil.dicom.io;

/**
 * Limits and choices of a reading.
 *
 * @param stopBeforePixelData whether reading ends at the first of (7FE0,0008), (7FE0,0009),
 *     (7FE0,0010) of the outermost data set; nothing behind is looked at then
 * @param largeValue values longer than this many bytes stay where they are, as {@code
 *     Value.Located}
 * @param maxDepth most sequences inside one another
 * @param maxInflated most bytes that a deflated data set may inflate to
 * @param maxElements most elements, those in items included
 */
public record ReadOptions(
    boolean stopBeforePixelData, int largeValue, int maxDepth, long maxInflated, int maxElements) {
  /** All elements, values above 64 KiB located, 64 levels, 1 GiB inflated, ten million elements. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(false, 64 << 10, 64, 1L << 30, 10_000_000);

  public ReadOptions stoppingBeforePixelData() {
    return new ReadOptions(true, largeValue, maxDepth, maxInflated, maxElements);
  }

  public ReadOptions withLargeValue(int bytes) {
    return new ReadOptions(stopBeforePixelData, bytes, maxDepth, maxInflated, maxElements);
  }
}
