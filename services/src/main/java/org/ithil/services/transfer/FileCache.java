package org.ithil.services.transfer;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.index.Index;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.services.transfer.TransferCounters.Counter;

/**
 * Files that are sent in several requests stay open between these, and uncompressed if they are
 * kept compressed. Safe for concurrent use.
 */
final class FileCache {
  /** Open files are few on some systems. */
  private static final int MOST = 256;

  private final Index index;
  private final Retrieval retrieval;
  private final long budget;
  private final TransferCounters counters;
  private final Map<UUID, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long used;

  /**
   * @param budget bytes of files that rest open
   */
  FileCache(Index index, Retrieval retrieval, long budget, TransferCounters counters) {
    this.index = index;
    this.retrieval = retrieval;
    this.budget = budget;
    this.counters = counters;
  }

  private static final class Entry {
    final UUID name;
    final Retrieval.OpenAttachment file;
    int users = 1;
    boolean kept;

    Entry(Retrieval.OpenAttachment file) {
      this.name = file.attachment().uuid();
      this.file = file;
    }

    long size() {
      return file.bytes().size();
    }
  }

  /** A file in use; to be closed. */
  final class Lease implements AutoCloseable {
    private final Entry entry;
    private boolean closed;

    private Lease(Entry entry) {
      this.entry = entry;
    }

    Blob bytes() {
      return entry.file.bytes();
    }

    @Override
    public void close() {
      synchronized (FileCache.this) {
        if (!closed) {
          closed = true;
          entry.users--;
          if (!entry.kept && entry.users == 0) {
            entry.file.close();
          }
        }
      }
    }
  }

  /** Opens the file of an instance; empty if there is none. */
  Optional<Lease> open(ResourceId instance) throws IOException {
    // What an instance's file is may change: the name of its blob tells.
    Optional<Attachment> current =
        index.read(reader -> reader.attachment(Level.INSTANCE, instance, Attachment.DICOM));
    if (current.isEmpty()) {
      return Optional.empty();
    }
    synchronized (this) {
      Entry known = entries.get(current.get().uuid());
      if (known != null) {
        known.users++;
        counters.add(Counter.CACHE_HITS, 1);
        return Optional.of(new Lease(known));
      }
    }
    counters.add(Counter.CACHE_MISSES, 1);
    return retrieval.openFile(instance).map(this::keep);
  }

  private synchronized Lease keep(Retrieval.OpenAttachment file) {
    Entry entry = new Entry(file);
    if (entry.size() <= budget && !entries.containsKey(entry.name)) {
      entry.kept = true;
      entries.put(entry.name, entry);
      used += entry.size();
      shrink(entry);
      counters.set(Counter.USED_CACHE, used);
    }
    return new Lease(entry);
  }

  /** Lets go those used longest ago. */
  private void shrink(Entry spared) {
    Iterator<Entry> oldest = entries.values().iterator();
    while ((used > budget || entries.size() > MOST) && oldest.hasNext()) {
      Entry entry = oldest.next();
      if (entry != spared) {
        oldest.remove();
        drop(entry);
      }
    }
  }

  private void drop(Entry entry) {
    entry.kept = false;
    used -= entry.size();
    if (entry.users == 0) {
      entry.file.close();
    }
  }

  /** Closes what nobody uses; the rest when it is done with. */
  synchronized void close() {
    entries.values().forEach(this::drop);
    entries.clear();
    counters.set(Counter.USED_CACHE, 0);
  }
}
