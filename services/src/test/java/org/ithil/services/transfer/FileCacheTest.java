package org.ithil.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
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
  void a_file_that_an_interrupted_thread_was_reading_stays_open_for_the_others() throws Exception {
    try (Workshop workshop = new Workshop(folder, w -> List.of())) {
      workshop.store("P", 1, 500);
      ResourceId id =
          workshop.archive.index().read(r -> r.ids(Level.INSTANCE, Page.ALL)).getFirst();
      TransferCounters counters = new TransferCounters();
      FileCache cache =
          new FileCache(workshop.archive.index(), workshop.archive.retrieval(), 1 << 20, counters);
      cache.open(id).orElseThrow().close(); // is kept open from now on

      try (FileCache.Lease other = cache.open(id).orElseThrow()) {
        try (FileCache.Lease stopped = cache.open(id).orElseThrow()) {
          Thread.currentThread().interrupt();
          assertThatThrownBy(() -> stopped.bytes().read(0, 100))
              .isInstanceOf(InterruptedIOException.class);
        } finally {
          assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(other.bytes().read(0, 100)).hasSize(100);
      }

      try (FileCache.Lease next = cache.open(id).orElseThrow()) {
        assertThat(next.bytes().read(0, 100)).hasSize(100);
      }
      assertThat(counters.get(TransferCounters.Counter.CACHE_MISSES)).isEqualTo(1);
      cache.close();
    }
  }
}
