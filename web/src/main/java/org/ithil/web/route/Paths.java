package org.ithil.web.route;

import java.util.ArrayList;
import java.util.List;

/** The folding of request paths. */
final class Paths {
  private Paths() {}

  /**
   * The segments of a raw path: escapes undone (so {@code %2F} separates, too; a backslash counts
   * as a slash), empty ones and {@code .} left out, {@code ..} taking away what stands before it,
   * never more.
   */
  static List<String> fold(String rawPath) {
    List<String> segments = new ArrayList<>();
    for (String segment : Escapes.undo(rawPath, false).replace('\\', '/').split("/", -1)) {
      if (segment.equals("..")) {
        if (!segments.isEmpty()) {
          segments.removeLast();
        }
      } else if (!segment.isEmpty() && !segment.equals(".")) {
        segments.add(segment);
      }
    }
    return List.copyOf(segments);
  }
}
