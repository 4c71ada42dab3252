package org.ithil.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobNamesTest {
  @TempDir Path folder;

  @Test
  void names_are_never_the_same_and_lie_in_few_folders() throws Exception {
    Random random = new Random(1);
    FileBlobStore store =
        new FileBlobStore(folder, false, () -> new UUID(random.nextLong(), random.nextLong()));
    Set<UUID> names = new HashSet<>();
    Set<String> folders = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      UUID name = store.newName();
      names.add(name);
      folders.add(name.toString().substring(0, 4));
    }
    assertThat(names).hasSize(10_000);
    assertThat(folders).hasSizeBetween(30, 40);
  }
}
