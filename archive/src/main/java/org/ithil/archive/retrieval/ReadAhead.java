package org.ithil.archive.retrieval;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Loads the next few items while one is used, several at the same time, and gives them in their
 * order. Used by one thread at a time.
 *
 * @param <T> an item
 * @param <R> a loaded item
 */
public final class ReadAhead<T, R> implements AutoCloseable {
  private final Iterator<? extends T> items;
  private final int window;
  private final Budget budget;
  private final Loader<? super T, R> loader;
  private final Deque<Pending<T, R>> pending = new ArrayDeque<>();
  private @Nullable T waiting;
  private long ahead;
  private long held;

  /** Loads items; safe for concurrent use. */
  public interface Loader<T, R> {
    /** Bytes of memory that an item takes once it is loaded. */
    default long weight(T item) {
      return 0;
    }

    /** Loads an item, in a thread of its own. */
    R load(T item) throws IOException, InterruptedException;

    /** A loaded item whose turn did not come. */
    default void letGo(R loaded) {}
  }

  /**
   * How much memory may be taken. What comes next is loaded in any case.
   *
   * @param own bytes of one reader
   * @param all bytes of all readers that share a budget
   * @param used what these have taken
   */
  public record Budget(long own, long all, AtomicLong used) {
    /** As much as it takes. */
    public static Budget unlimited() {
      return new Budget(Long.MAX_VALUE, Long.MAX_VALUE, new AtomicLong());
    }
  }

  private record Pending<T, R>(T item, long weight, FutureTask<R> task, Thread thread) {}

  /** An item whose turn has come. */
  public record Next<T, R>(T item, R loaded) {}

  /**
   * @param window most items that are loaded, or waiting for their turn, at a time
   */
  public ReadAhead(
      Iterator<? extends T> items, int window, Budget budget, Loader<? super T, R> loader) {
    this.items = items;
    this.window = Math.max(1, window);
    this.budget = budget;
    this.loader = loader;
  }

  /**
   * The next item, which is the caller's now; empty at the end. The memory of the one given before
   * counts as free from here on.
   *
   * @throws IOException as its loading failed; the next call gives the next one
   */
  public Optional<Next<T, R>> next() throws IOException, InterruptedException {
    release(held);
    held = 0;
    fill();
    Pending<T, R> first = pending.peek();
    if (first == null) {
      return Optional.empty();
    }
    // If this wait is interrupted, the item is still among those that close has to let go.
    R loaded;
    try {
      loaded = first.task().get();
    } catch (ExecutionException e) {
      pending.remove();
      release(first.weight());
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException runtime -> throw runtime;
        case Error error -> throw error;
        case InterruptedException interrupted -> throw interrupted;
        case null, default -> throw new IllegalStateException(e);
      }
    }
    pending.remove();
    held = first.weight();
    return Optional.of(new Next<>(first.item(), loaded));
  }

  private void fill() {
    while (pending.size() < window) {
      T item = waiting;
      waiting = null;
      if (item == null) {
        if (!items.hasNext()) {
          return;
        }
        item = items.next();
      }
      long weight = loader.weight(item);
      if (!mayLoad(weight)) {
        waiting = item;
        return;
      }
      begin(item, weight);
    }
  }

  private void begin(T item, long weight) {
    ahead += weight;
    budget.used().addAndGet(weight);
    FutureTask<R> task = new FutureTask<>(() -> loader.load(item));
    Thread thread = Thread.ofVirtual().name("read-ahead").start(task);
    pending.add(new Pending<>(item, weight, task, thread));
  }

  private boolean mayLoad(long weight) {
    return pending.isEmpty()
        || ahead + weight <= budget.own() && budget.used().get() + weight <= budget.all();
  }

  private void release(long weight) {
    ahead -= weight;
    budget.used().addAndGet(-weight);
  }

  /** Gives up what is being loaded. */
  @Override
  public void close() {
    release(held);
    held = 0;
    pending.forEach(left -> left.thread().interrupt());
    boolean interrupted = false;
    for (Pending<T, R> left : pending) {
      while (left.thread().isAlive()) {
        try {
          left.thread().join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      release(left.weight());
      if (left.task().state() == FutureTask.State.SUCCESS) {
        loader.letGo(left.task().resultNow());
      }
    }
    pending.clear();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
