package org.ithil.server;

import java.util.concurrent.CountDownLatch;
import sun.misc.Signal;

/**
 * Waits for the word to stop: SIGINT (Ctrl-C) or SIGTERM. A second one does not wait any longer.
 * SIGHUP calls for the configuration to be read again.
 */
final class StopSignal {
  /** The status of a process that gave up waiting for its own end. */
  private static final int HALTED = 130;

  private final CountDownLatch stop = new CountDownLatch(1);

  private StopSignal() {}

  /**
   * Takes the signals over.
   *
   * @param reread what SIGHUP calls for
   */
  static StopSignal install(Runnable reread) {
    StopSignal signal = new StopSignal();
    Signal.handle(new Signal("INT"), _ -> signal.raise());
    Signal.handle(new Signal("TERM"), _ -> signal.raise());
    Signal.handle(new Signal("HUP"), _ -> reread.run());
    return signal;
  }

  /** Says that it is time to stop. */
  void raise() {
    if (stop.getCount() == 0) {
      Runtime.getRuntime().halt(HALTED);
    }
    stop.countDown();
  }

  /** Returns when it is time to stop. */
  void await() {
    try {
      stop.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
