package org.ithil.archive.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has reached the medium when a blob counts as kept. */
class ForcingTest {
  private static final UUID FIRST = UUID.fromString("3fa0c1e2-0000-4000-8000-000000000001");
  private static final UUID SECOND = UUID.fromString("3fa0c1e2-0000-4000-8000-000000000002");

  @TempDir Path folder;
  private final List<Path> forced = new ArrayList<>();

  @Test
  void the_bytes_and_every_new_name_above_them_are_forced_before_a_blob_counts_as_kept()
      throws Exception {
    store(true, FIRST);
    Path inner = folder.resolve("blobs/3f/a0");
    assertThat(forced)
        .containsExactlyInAnyOrder(
            inner.resolve(FIRST.toString()),
            inner,
            folder.resolve("blobs/3f"),
            folder.resolve("blobs"));
    assertThat(forced.indexOf(inner)).isLessThan(forced.indexOf(folder.resolve("blobs")));
  }

  @Test
  void in_a_folder_that_is_there_only_the_file_and_its_name_are_forced() throws Exception {
    FileBlobStore blobs = store(true, FIRST);
    forced.clear();
    put(blobs, SECOND);
    Path inner = folder.resolve("blobs/3f/a0");
    assertThat(forced).containsExactly(inner.resolve(SECOND.toString()), inner);
  }

  @Test
  void nothing_is_forced_if_the_configuration_does_not_ask_for_it() throws Exception {
    store(false, FIRST);
    assertThat(forced).isEmpty();
  }

  @Test
  void a_blob_that_cannot_be_forced_does_not_count_as_kept() throws Exception {
    FileBlobStore blobs =
        new FileBlobStore(
            folder.resolve("blobs"),
            true,
            UUID::randomUUID,
            (opened, path) -> {
              throw new IOException("the medium is gone");
            });
    assertThatThrownBy(() -> put(blobs, FIRST)).hasMessageContaining("the medium is gone");
  }

  private FileBlobStore store(boolean sync, UUID name) throws IOException {
    FileBlobStore blobs =
        new FileBlobStore(
            folder.resolve("blobs"), sync, UUID::randomUUID, (opened, path) -> forced.add(path));
    put(blobs, name);
    return blobs;
  }

  private void put(FileBlobStore blobs, UUID name) throws IOException {
    Spool.Writer writer = new FileSpool(folder.resolve("spool"), 0).open();
    writer.write(new byte[] {1, 2, 3});
    blobs.put(name, writer.finish());
  }
}
