package org.ithil.web.route;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One route of the API.
 *
 * @param method the method it answers
 * @param pattern the path: fixed segments, {@code {name}} for one segment, and at the end {@code
 *     {*name}} for all that follow (none, too), as in {@code /instances/{id}/content/{*path}}.
 *     Fixed segments win over variables.
 * @param handler what answers it
 * @param segments the pattern's segments
 */
public record Route(Method method, String pattern, Handler handler, List<String> segments) {

  /** What answers a request. Runs on a virtual thread of its own and may block. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers the request.
     *
     * @throws org.ithil.web.error.ApiException for a failure of the API's vocabulary
     * @throws IOException for one that the error mapping translates
     */
    Answer answer(Request request) throws IOException;
  }

  /** A route; the pattern is taken apart. */
  public Route(Method method, String pattern, Handler handler) {
    this(method, pattern, handler, split(pattern));
  }

  public static Route get(String pattern, Handler handler) {
    return new Route(Method.GET, pattern, handler);
  }

  public static Route post(String pattern, Handler handler) {
    return new Route(Method.POST, pattern, handler);
  }

  public static Route put(String pattern, Handler handler) {
    return new Route(Method.PUT, pattern, handler);
  }

  public static Route delete(String pattern, Handler handler) {
    return new Route(Method.DELETE, pattern, handler);
  }

  private static List<String> split(String pattern) {
    List<String> segments = new ArrayList<>();
    for (String segment : pattern.split("/", -1)) {
      if (!segment.isEmpty()) {
        segments.add(segment);
      }
    }
    return List.copyOf(segments);
  }
}
