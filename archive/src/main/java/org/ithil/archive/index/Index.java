package org.ithil.archive.index;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The index of all resources. Safe for concurrent use. Every method may throw {@link
 * IndexException} if the database fails.
 */
public interface Index extends AutoCloseable {
  /**
   * Runs a function on one snapshot: it sees all that was committed before, nothing that is
   * committed meanwhile. Writers never wait for it, so keep it short: do not send to a client from
   * within.
   */
  <T> T read(Function<IndexReader, T> query);

  /**
   * Runs a function in a transaction and returns when it is durable and visible to all readers. If
   * it throws, nothing of it is done and the exception comes out here. Transactions run one after
   * another, so the function must not wait for anything.
   */
  <T> T write(Function<IndexWriter, T> operation);

  /**
   * As {@link #write}, but returns when the operation has its place: it runs after all that got one
   * before.
   *
   * @return waits for the end, and gives the result or throws
   */
  default <T> Supplier<T> queue(Function<IndexWriter, T> operation) {
    T result = write(operation);
    return () -> result;
  }

  /**
   * Changes with every commit that takes a resource or an attachment away, or replaces it, also by
   * another process; odd while such a commit may be under way. What {@link #read} found after this
   * was asked and was even is still there while this is the same: so it may be remembered.
   */
  long removalCount();

  @Override
  void close();
}
