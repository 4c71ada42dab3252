package org.ithil.dicom.json;

/**
 * Limits for reading a JSON or XML document.
 *
 * @param maxCharacters most characters
 * @param maxDepth most sequences inside one another
 */
public record TextLimits(long maxCharacters, int maxDepth) {
  /** 64 Mi characters, 64 sequences. */
  public static final TextLimits DEFAULT = new TextLimits(64L << 20, 64);
}
