package org.ithil.archive;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The sample files in shared/data/dicom, which lies beside the repository or further up. */
public final class SharedData {
  private SharedData() {}

  private static @Nullable Path find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/data/dicom");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return null;
  }

  /** A file there; where the folder is missing, the test that asks is skipped. */
  public static Path file(String name) {
    Path folder = find();
    Assumptions.assumeTrue(folder != null, "skipped: no shared/data/dicom up the tree");
    return folder.resolve(name);
  }
}
