package org.ithil.archive;

import java.util.concurrent.CountDownLatch;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;

/** A transaction that goes on, so that all other writers wait, until this is closed. */
public final class HeldIndex implements AutoCloseable {
  private final CountDownLatch writing = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread holding;

  public HeldIndex(Index index) throws InterruptedException {
    holding = Thread.startVirtualThread(() -> index.write(_ -> hold()));
    writing.await();
  }

  private boolean hold() {
    writing.countDown();
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IndexException("a test", e);
    }
    return true;
  }

  @Override
  public void close() throws InterruptedException {
    end.countDown();
    holding.join();
  }
}
