package org.ithil.imaging.picture;

import java.util.concurrent.Semaphore;

/** Memory that several have to share; who wants some waits for it, first come, first served. */
final class Memory {
  private final Semaphore free;
  private final int all;

  /**
   * @param all units of it
   */
  Memory(int all) {
    this.all = all;
    this.free = new Semaphore(all, true);
  }

  /** A part of it, until it is closed. */
  record Share(Semaphore from, int units) implements AutoCloseable {
    @Override
    public void close() {
      from.release(units);
    }
  }

  /** Waits for a part; those who have some only compute, so this ends. */
  Share take(int units) {
    int wanted = Math.min(units, all);
    free.acquireUninterruptibly(wanted);
    return new Share(free, wanted);
  }
}
