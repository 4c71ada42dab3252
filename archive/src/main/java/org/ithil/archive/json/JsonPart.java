package org.ithil.archive.json;

import java.io.IOException;

/** One JSON value that knows how to write itself. */
@FunctionalInterface
public interface JsonPart {
  /** Writes exactly one value (an object, an array or a scalar). */
  void write(JsonWriter writer) throws IOException;
}
