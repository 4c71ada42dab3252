package org.ithil.archive.packing;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Reads and packs the next few files of an archive while one is written, and gives them in their
 * order. Used by one thread at a time.
 */
final class ReadAhead implements AutoCloseable {
  private final Iterator<Entries.Entry> entries;
  private final Loading loading;
  private final PackingRules rules;
  private final int window;
  private final AtomicLong all;
  private final Deque<Pending> pending = new ArrayDeque<>();
  private long ahead;
  private Entries.@Nullable Entry waiting;
  private long held;

  private record Pending(Entries.Entry entry, long bytes, FutureTask<Loaded> task) {}

  /** A file whose turn has come. */
  record Next(Entries.Entry entry, Loaded loaded) {}

  /**
   * @param all bytes that all archives have read ahead
   */
  ReadAhead(Iterator<Entries.Entry> entries, Loading loading, PackingRules rules, AtomicLong all) {
    this.entries = entries;
    this.loading = loading;
    this.rules = rules;
    this.window = rules.window() + Runtime.getRuntime().availableProcessors();
    this.all = all;
  }

  /** The next file; null at the end. The one given before is let go. */
  @Nullable Next next() throws IOException, InterruptedException {
    release(held);
    held = 0;
    fill();
    Pending first = pending.poll();
    if (first == null) {
      return null;
    }
    held = first.bytes();
    return new Next(first.entry(), Loading.result(first.task()));
  }

  private void fill() {
    while (pending.size() < window) {
      if (waiting == null && entries.hasNext()) {
        waiting = entries.next();
      }
      if (waiting == null || !mayRead(waiting)) {
        return;
      }
      Entries.Entry entry = waiting;
      waiting = null;
      long bytes = bytes(entry);
      FutureTask<Loaded> task = new FutureTask<>(() -> loading.load(entry.file()));
      ahead += bytes;
      all.addAndGet(bytes);
      pending.add(new Pending(entry, bytes, task));
      Thread.ofVirtual().name("packing-reader").start(task);
    }
  }

  /** The first one is read in any case. */
  private boolean mayRead(Entries.Entry entry) {
    long bytes = bytes(entry);
    return pending.isEmpty()
        || ahead + bytes <= rules.windowBytes() && all.get() + bytes <= rules.allBytes();
  }

  private static long bytes(Entries.Entry entry) {
    long size = entry.file().size();
    return size > Loading.LARGEST_WHOLE ? 0 : 2 * size;
  }

  private void release(long bytes) {
    ahead -= bytes;
    all.addAndGet(-bytes);
  }

  /** Gives up what is being read. */
  @Override
  public void close() {
    release(held);
    held = 0;
    for (Pending left : pending) {
      left.task().cancel(true);
      release(left.bytes());
    }
    pending.clear();
  }
}
