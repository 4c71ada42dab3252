package org.ithil.web.error;

import org.jspecify.annotations.Nullable;

/** A request that cannot be fulfilled: answered with the error body of its code. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final @Nullable String details;
  private final boolean bodied;
  private final int status;

  private ApiException(ErrorCode code, @Nullable String details, boolean bodied, int status) {
    super(details == null ? code.text() : code.text() + ": " + details, null, false, false);
    this.code = code;
    this.details = details;
    this.bodied = bodied;
    this.status = status;
  }

  /** A failure without more to say than its code. */
  public static ApiException of(ErrorCode code) {
    return new ApiException(code, null, true, code.status());
  }

  /**
   * A failure with the text of {@code Details}.
   *
   * @param details one sentence for the person who wrote the client
   */
  public static ApiException of(ErrorCode code, String details) {
    return new ApiException(code, details, true, code.status());
  }

  /** A failure that is answered by its HTTP status alone, without body. */
  public static ApiException bare(int status) {
    return new ApiException(ErrorCode.BAD_REQUEST, null, false, status);
  }

  /** The same failure under another HTTP status. */
  public ApiException withStatus(int newStatus) {
    return new ApiException(code, details, bodied, newStatus);
  }

  public ErrorCode code() {
    return code;
  }

  /** The HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** What stands in {@code Details}, or null. */
  public @Nullable String details() {
    return details;
  }

  /** Whether the answer has the JSON error body; otherwise it is empty. */
  public boolean bodied() {
    return bodied;
  }
}
