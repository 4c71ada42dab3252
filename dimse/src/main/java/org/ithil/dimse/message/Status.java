package org.ithil.dimse.message;

/**
 * The status of a response, PS3.7 C; unknown codes are kept.
 *
 * @param code 0 to 0xffff
 */
public record Status(int code) {
  public static final Status SUCCESS = new Status(0x0000);

  /** Request SOP class is not supported by the SCP. */
  public static final Status SOP_CLASS_NOT_SUPPORTED = new Status(0x0122);

  public static final Status PROCESSING_FAILURE = new Status(0x0110);
  public static final Status UNRECOGNIZED_OPERATION = new Status(0x0211);
  public static final Status NOT_AUTHORIZED = new Status(0x0124);

  /** Out of resources, PS3.4 B.2.3. */
  public static final Status OUT_OF_RESOURCES = new Status(0xa700);

  /** Data set does not match the SOP class, PS3.4 B.2.3. */
  public static final Status DATA_SET_MISMATCH = new Status(0xa900);

  /** Cannot understand, PS3.4 B.2.3. */
  public static final Status CANNOT_UNDERSTAND = new Status(0xc000);

  public static final Status CANCEL = new Status(0xfe00);

  /** Matches are continuing, all optional keys supported. */
  public static final Status PENDING = new Status(0xff00);

  /** As PENDING, but some optional keys were not supported. */
  public static final Status PENDING_WARNING = new Status(0xff01);

  /** Kinds of status, PS3.7 C.1 to C.5. */
  public enum Category {
    SUCCESS,
    WARNING,
    FAILURE,
    CANCEL,
    PENDING
  }

  public Status {
    if (code < 0 || code > 0xffff) {
      throw new IllegalArgumentException("status " + code);
    }
  }

  public Category category() {
    if (code == 0) {
      return Category.SUCCESS;
    }
    if (code == 0xfe00) {
      return Category.CANCEL;
    }
    if (code == 0xff00 || code == 0xff01) {
      return Category.PENDING;
    }
    if (code == 1 || (code & 0xf000) == 0xb000 || code == 0x0107 || code == 0x0116) {
      return Category.WARNING;
    }
    return Category.FAILURE;
  }

  /** Four hexadecimal digits, as the standard writes it, with "0x" in front. */
  @Override
  public String toString() {
    return String.format("0x%04X", code);
  }
}
