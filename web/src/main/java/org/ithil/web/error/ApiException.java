package org.ithil.web.error;

import java.util.HashMap;
import java.util.Map;
import org.ithil.archive.json.JsonPart;
import org.jspecify.annotations.Nullable;

/** A request that cannot be fulfilled: answered with the error body of its code. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;
  private final @Nullable String details;
  private final boolean bodied;
  private final int status;
  private final Map<String, String> headers;
  private final transient @Nullable JsonPart payload;

  private ApiException(
      ErrorCode code,
      @Nullable String details,
      boolean bodied,
      int status,
      Map<String, String> headers) {
    this(code, details, bodied, status, headers, null);
  }

  private ApiException(
      ErrorCode code,
      @Nullable String details,
      boolean bodied,
      int status,
      Map<String, String> headers,
      @Nullable JsonPart payload) {
    super(details == null ? code.text() : code.text() + ": " + details, null, false, false);
    this.headers = headers;
    this.payload = payload;
    this.code = code;
    this.details = details;
    this.bodied = bodied;
    this.status = status;
  }

  /** A failure without more to say than its code. */
  public static ApiException of(ErrorCode code) {
    return new ApiException(code, null, true, code.status(), Map.of());
  }

  /**
   * A failure with the text of {@code Details}.
   *
   * @param details one sentence for the person who wrote the client
   */
  public static ApiException of(ErrorCode code, String details) {
    return new ApiException(code, details, true, code.status(), Map.of());
  }

  /** There is no such resource. */
  public static ApiException unknownResource() {
    return of(ErrorCode.UNKNOWN_RESOURCE);
  }

  /** A failure that is answered by its HTTP status alone, without body. */
  public static ApiException bare(int status) {
    return new ApiException(ErrorCode.BAD_REQUEST, null, false, status, Map.of());
  }

  /** The same failure under another HTTP status. */
  public ApiException withStatus(int newStatus) {
    return new ApiException(code, details, bodied, newStatus, headers, payload);
  }

  /** The same failure, answered with one more header field. */
  public ApiException withHeader(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new ApiException(code, details, bodied, status, Map.copyOf(more), payload);
  }

  /** The same failure, with something that a program may want to know ({@code ErrorPayload}). */
  public ApiException withPayload(JsonPart newPayload) {
    return new ApiException(code, details, bodied, status, headers, newPayload);
  }

  /** What stands in {@code ErrorPayload}, or null. */
  public @Nullable JsonPart payload() {
    return payload;
  }

  /** Header fields of the answer. */
  public Map<String, String> headers() {
    return headers;
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
