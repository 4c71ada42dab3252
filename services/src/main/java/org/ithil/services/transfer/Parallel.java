package org.ithil.services.transfer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Tasks that a few threads do one after the other, in the background of the one that waits. */
final class Parallel<T> implements AutoCloseable {
  /** What is to be done with an item. */
  interface Task<T> {
    void run(T item) throws IOException, InterruptedException;
  }

  /**
   * An item that is done with.
   *
   * @param failure why it failed; null if it did not
   */
  private record End<T>(T item, @Nullable Throwable failure) {}

  private final BlockingQueue<End<T>> ends = new LinkedBlockingQueue<>();
  private final List<Thread> workers = new ArrayList<>();
  private final Queue<T> waiting;
  private final boolean abrupt;
  private int left;

  /**
   * Starts with the first items.
   *
   * @param abrupt whether tasks are interrupted when all is closed
   */
  Parallel(List<T> items, int threads, boolean abrupt, Task<T> task) {
    this.abrupt = abrupt;
    waiting = new ArrayDeque<>(items);
    left = items.size();
    for (int i = 0; i < Math.min(threads, items.size()); i++) {
      workers.add(Thread.ofVirtual().name("transfer-" + i).start(() -> work(task)));
    }
  }

  private void work(Task<T> task) {
    while (!Thread.currentThread().isInterrupted()) {
      T item = take();
      if (item == null) {
        return;
      }
      Throwable failure = null;
      try {
        task.run(item);
      } catch (Throwable e) { // whoever waits is told
        failure = e;
      }
      ends.add(new End<>(item, failure));
      if (failure != null) {
        return;
      }
    }
  }

  private synchronized @Nullable T take() {
    return waiting.poll();
  }

  /** How many items have not been returned by {@link #next} yet. */
  int left() {
    return left;
  }

  /**
   * Waits for the next item that is done.
   *
   * @throws IOException as its task failed
   */
  T next() throws IOException, InterruptedException {
    End<T> end = ends.take();
    left--;
    switch (end.failure()) {
      case null -> {
        return end.item();
      }
      case Error e -> throw e;
      case RuntimeException e -> throw e;
      case IOException e -> throw e;
      case InterruptedException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Waits for all. */
  void finish() throws IOException, InterruptedException {
    while (left > 0) {
      next();
    }
  }

  /** Begins no more, and waits until nothing runs. */
  @Override
  public void close() {
    synchronized (this) {
      waiting.clear();
    }
    if (abrupt) {
      workers.forEach(Thread::interrupt);
    }
    boolean interrupted = false;
    for (Thread worker : workers) {
      while (worker.isAlive()) {
        try {
          worker.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
