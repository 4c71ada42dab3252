package org.ithil.archive.index.sqlite;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.ithil.archive.index.IndexException;
import org.jspecify.annotations.Nullable;

/**
 * Counts removals, for {@link org.ithil.archive.index.Index#removalCount}: those of this process,
 * and whatever others on the same file commit, as they may have removed something.
 *
 * <p>Only the writer's own connection can tell commits of others from ours, by SQLite's number of
 * the last commit of another connection. So it is asked whenever the writer does not use it; while
 * he does, the count is odd, and nobody waits for him.
 */
final class Removals {
  private final Session session;
  private final ReentrantLock use = new ReentrantLock();
  private final AtomicLong count = new AtomicLong();
  private @Nullable Long version;
  private boolean closed;

  Removals(Session writing) {
    session = writing;
  }

  /** The writer takes the connection. */
  void begin() {
    use.lock();
  }

  void end() {
    use.unlock();
  }

  /** Nobody asks any more. */
  void close() {
    use.lock();
    closed = true;
    use.unlock();
  }

  /** What the writer commits now may remove something, or has. */
  void change() {
    count.incrementAndGet();
  }

  long count() {
    if (use.tryLock()) {
      try {
        if (!closed) {
          look();
          return count.get();
        }
      } catch (IndexException e) {
        // who asks the index next learns why
      } finally {
        use.unlock();
      }
    }
    return count.get() | 1;
  }

  /** Looks for commits of others; the connection must have been taken. */
  void look() {
    Long now = session.number("PRAGMA data_version");
    if (!Objects.equals(now, version)) {
      version = now;
      count.addAndGet(2);
    }
  }
}
