package org.ithil.imaging.picture;

/**
 * How large pictures may be.
 *
 * @param memory most bytes that pictures may take while they are decoded, all together; a larger
 *     one is refused, more at a time wait
 * @param dimension most rows and columns, at most 65535 (Rows and Columns are US)
 */
public record PictureRules(long memory, int dimension) {
  /** 512 MiB, 65535 rows and columns. */
  public static final PictureRules DEFAULT = new PictureRules(512L << 20, 65_535);

  public PictureRules {
    if (memory < 1 || dimension < 1 || dimension > 65_535) {
      throw new IllegalArgumentException("memory " + memory + ", dimension " + dimension);
    }
  }
}
