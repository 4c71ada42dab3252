package org.ithil.web.recorded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.junit.jupiter.api.Assumptions;

/** The folder of shared test data, which lies beside the project or above it. */
public final class Shared {
  private static final JsonReader JSON = new JsonReader(64 << 20);

  private Shared() {}

  /** A file or folder in it; skips the test if it is missing. */
  public static Path path(String name) {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolve("shared");
      if (Files.isDirectory(shared.resolve("compat"))) {
        return shared.resolve(name);
      }
    }
    Assumptions.abort("no ../shared here: nothing to compare with");
    throw new AssertionError();
  }

  /** A JSON document in it. */
  public static JsonValue json(String name) throws IOException {
    String text =
        Files.readString(path(name)).replaceAll("(?<=[\\[ ])(-?Infinity)(?=[,\\]])", "1e9999");
    return JSON.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }
}
