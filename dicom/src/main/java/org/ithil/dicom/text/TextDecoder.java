package org.ithil.dicom.text;

import java.util.Arrays;

/**
 * Decodes one text that comes in pieces, which may be cut anywhere. What the pieces give together
 * is what {@link SpecificCharacterSet#decode} gives of the whole, but for damaged text: a run of
 * more than 8 KiB of characters of two bytes is taken pair by pair. Used once, by one thread.
 */
public final class TextDecoder {
  /** Decodes as much as can be told without the bytes to come. */
  @FunctionalInterface
  interface Step {
    /**
     * Decodes the bytes of an array.
     *
     * @param last whether no more bytes will come; then all of them are taken
     * @return how many of them were taken
     */
    int decode(byte[] bytes, boolean last, StringBuilder out);
  }

  private final Step step;
  private byte[] rest = new byte[0];

  TextDecoder(Step step) {
    this.step = step;
  }

  /** The next characters; none of the two halves of a surrogate pair comes alone. */
  public String next(byte[] piece) {
    return decode(piece, false);
  }

  /** What is still to come when all pieces were given. */
  public String end() {
    return decode(new byte[0], true);
  }

  private String decode(byte[] piece, boolean last) {
    byte[] bytes = piece;
    if (rest.length > 0) {
      bytes = Arrays.copyOf(rest, rest.length + piece.length);
      System.arraycopy(piece, 0, bytes, rest.length, piece.length);
    }
    StringBuilder out = new StringBuilder(bytes.length);
    int taken = step.decode(bytes, last, out);
    rest = taken == bytes.length ? new byte[0] : Arrays.copyOfRange(bytes, taken, bytes.length);
    return out.toString();
  }
}
