package org.ithil.archive.stability;

import java.time.Clock;
import java.util.OptionalLong;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes resources stable when their time has come. The times are rows of the index, so that a
 * restart loses none.
 */
public final class Stability implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Stability.class);
  private static final int AT_ONCE = 500;

  /** Times move back as instances arrive; looking more often than this gains nothing. */
  private static final long SHORTEST_WAIT = 500;

  private final Index index;
  private final Clock clock;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean idle;
  private volatile boolean closed;

  public Stability(Index index, Clock clock) {
    this.index = index;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("stability").start(this::run);
  }

  /** Tells that an instance was added. */
  public void wake() {
    if (idle) {
      idle = false;
      news.release();
    }
  }

  private void run() {
    while (!closed) {
      try {
        idle = true;
        OptionalLong next = settle();
        if (next.isPresent()) {
          idle = false;
          long wait = Math.max(SHORTEST_WAIT, next.getAsLong() - clock.millis());
          if (news.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
            news.drainPermits();
          }
        } else {
          news.acquire();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        if (closed || e instanceof IndexException index && index.isDamaged()) {
          return;
        }
        LOG.error("Resources could not be made stable; tried again in a while", e);
        LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(5));
      }
    }
  }

  private OptionalLong settle() {
    while (true) {
      OptionalLong next = index.write(writer -> writer.settle(clock.instant(), AT_ONCE));
      if (next.isEmpty() || next.getAsLong() > clock.millis()) {
        return next;
      }
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    news.release();
    LockSupport.unpark(thread);
    thread.join();
  }
}
