package org.ithil.dicom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The sample files in shared/data/dicom, which lies beside the repository or further up. */
public final class SharedData {
  private SharedData() {}

  /** The folder shared/data/dicom, or null where there is none. */
  public static @Nullable Path dicom() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path folder = at.resolve("shared/data/dicom");
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    return null;
  }

  /** The folder shared/data/dicom; where there is none, the test that asks is skipped. */
  public static Path require() {
    Path folder = dicom();
    Assumptions.assumeTrue(folder != null, "skipped: no shared/data/dicom up the tree");
    return folder;
  }

  /** One file; where there is none, the test that asks is skipped. */
  public static Path require(String name) {
    return require().resolve(name);
  }

  /** Names of all DICOM files, relative to the folder; none where there is no folder. */
  public static List<String> names() {
    Path folder = dicom();
    if (folder == null) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> name.contains("/"))
          .filter(name -> !name.startsWith("images/") && !name.startsWith("tools/"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Names of all DICOM files but the broken ones. */
  public static List<String> soundNames() {
    return names().stream().filter(name -> !name.startsWith("broken/")).toList();
  }

  /** Names of the broken files. */
  public static List<String> brokenNames() {
    return names().stream().filter(name -> name.startsWith("broken/")).toList();
  }
}
