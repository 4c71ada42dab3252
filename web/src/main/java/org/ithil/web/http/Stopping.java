package org.ithil.web.http;

import java.time.Duration;

/** Whether the server has begun to stop, and how long requests may still take. Thread-safe. */
final class Stopping {
  private final long grace;
  private volatile boolean begun;
  private volatile long since;

  /**
   * @param timeout when connections are cut; bodies that are still on their way are refused before
   */
  Stopping(Duration timeout) {
    grace = timeout.toNanos() / 5 * 4;
  }

  void begin() {
    since = System.nanoTime();
    begun = true;
  }

  boolean begun() {
    return begun;
  }

  /** Whether there is no more time to wait for a body. */
  boolean over() {
    return begun && System.nanoTime() - since > grace;
  }
}
