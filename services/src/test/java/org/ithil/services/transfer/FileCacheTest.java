package org.ithil.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.List;
import org.ithil.archive.index.Page;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.peer.Workshop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCacheTest {
  @TempDir Path folder;

  @Test
  void a_file_that_an_interrupted_thread_was_reading_is_opened_anew_for_the_next()
      throws Exception {
    try (Workshop workshop = new Workshop(folder, w -> List.of())) {
      workshop.store("P", 1, 500);
      ResourceId id =
          workshop.archive.index().read(r -> r.ids(Level.INSTANCE, Page.ALL)).getFirst();
      FileCache cache =
          new FileCache(
              workshop.archive.index(),
              workshop.archive.retrieval(),
              1 << 20,
              new TransferCounters());
      cache.open(id).orElseThrow().close(); // is kept open from now on

      try (FileCache.Lease lease = cache.open(id).orElseThrow()) {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> lease.bytes().read(0, 100))
            .isInstanceOf(ClosedByInterruptException.class);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }

      try (FileCache.Lease lease = cache.open(id).orElseThrow()) {
        assertThat(lease.bytes().read(0, 100)).hasSize(100);
      }
      cache.close();
    }
  }
}
