package org.ithil.services.transfer;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.services.transfer.TransferCounters.Counter;
import org.ithil.services.transfer.TransferException.Problem;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that others have opened to push files. They live in the spool, and end with the
 * process; a long commit of one does not hold up the others. Safe for concurrent use.
 */
final class PushTransactions {
  private static final Logger LOG = LoggerFactory.getLogger(PushTransactions.class);
  private static final long NANOS_OF_MILLI = 1_000_000;

  /** How far the bytes beyond the announced ones are counted. */
  private static final int BEYOND = 64 << 10;

  private final Spool spool;
  private final Storing storing;
  private final int most;
  private final TransferCounters counters;
  private final Supplier<UUID> uuids;

  /** The one used longest ago first. */
  private final Map<UUID, Transaction> open = new LinkedHashMap<>(16, 0.75f, true);

  PushTransactions(
      Spool spool, Storing storing, int most, TransferCounters counters, Supplier<UUID> uuids) {
    this.spool = spool;
    this.storing = storing;
    this.most = most;
    this.counters = counters;
    this.uuids = uuids;
    counters.set(Counter.AVAILABLE_PUSHES, most);
  }

  /** Buckets are added under the read lock, all of them used up under the write lock. */
  private static final class Transaction {
    final Assembly assembly;
    final boolean gzip;
    final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    boolean closed;

    Transaction(Assembly assembly, boolean gzip) {
      this.assembly = assembly;
      this.gzip = gzip;
    }

    /** Lets its buckets go, when nobody uses them any more; false if they have gone already. */
    boolean close() {
      lock.writeLock().lock();
      try {
        boolean first = !closed;
        closed = true;
        assembly.close();
        return first;
      } finally {
        lock.writeLock().unlock();
      }
    }
  }

  /** Opens a transaction; nothing is checked yet. One too many drops the one used longest ago. */
  UUID open(List<TransferredFile> files, List<Bucket> buckets, boolean gzip) {
    UUID id = uuids.get();
    Transaction dropped = null;
    synchronized (this) {
      if (open.size() >= most) {
        dropped = dropOldest();
      }
      open.put(id, new Transaction(new Assembly(spool, files, buckets), gzip));
      counters.add(Counter.CREATED_PUSHES, 1);
      available();
    }
    if (dropped != null) {
      dropped.close();
    }
    return id;
  }

  /** One that is being committed is spared. */
  private @Nullable Transaction dropOldest() {
    for (Map.Entry<UUID, Transaction> entry : open.entrySet()) {
      if (!entry.getValue().lock.isWriteLocked()) {
        open.remove(entry.getKey());
        counters.add(Counter.ABORTED_PUSHES, 1);
        LOG.info("The push {} is dropped for want of room", entry.getKey());
        return entry.getValue();
      }
    }
    return null;
  }

  private void available() {
    counters.set(Counter.AVAILABLE_PUSHES, Math.max(0, most - open.size()));
  }

  private synchronized Transaction find(UUID id) throws TransferException {
    Transaction transaction = open.get(id);
    if (transaction == null) {
      throw TransferException.of(Problem.UNKNOWN);
    }
    return transaction;
  }

  /**
   * Takes a bucket.
   *
   * @throws TransferException if there is no such transaction or bucket, or it is not as announced
   */
  void put(UUID id, int number, InputStream body) throws IOException {
    long begin = System.nanoTime();
    Transaction transaction = find(id);
    Bucket bucket = transaction.assembly.bucket(number);
    CountingStream counted = new CountingStream(body);
    SpooledFile bytes = receive(counted, transaction.gzip, bucket.size());
    transaction.lock.readLock().lock();
    try {
      if (transaction.closed) {
        bytes.close();
        throw TransferException.of(Problem.UNKNOWN);
      }
      transaction.assembly.put(number, bytes);
    } finally {
      transaction.lock.readLock().unlock();
    }
    counters.add(Counter.RECEIVED_BYTES, counted.count());
    counters.add(Counter.RECEPTION_MILLIS, (System.nanoTime() - begin) / NANOS_OF_MILLI);
  }

  private SpooledFile receive(InputStream body, boolean gzip, long size) throws IOException {
    try (Spool.Writer writer = spool.open()) {
      InputStream plain = gzip ? new GZIPInputStream(body, 64 << 10) : body;
      byte[] piece = new byte[64 << 10];
      long count = 0;
      for (int n = plain.read(piece); n >= 0; n = plain.read(piece)) {
        writer.write(piece, 0, (int) Math.min(n, Math.max(0, size - count)));
        count += n;
        if (count > size + BEYOND) {
          break;
        }
      }
      if (count != size) {
        throw TransferException.of(
            Problem.WRONG_SIZE, "WriteUncompressedBucket: " + count + " != " + size);
      }
      return writer.finish();
    } catch (ZipException | EOFException e) {
      throw TransferException.of(Problem.FORM);
    }
  }

  /**
   * Stores all files, and closes the transaction; after a failure it is still open.
   *
   * @throws TransferException if a file cannot be taken; then none is
   */
  void commit(UUID id) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Transaction transaction = find(id);
    transaction.lock.writeLock().lockInterruptibly();
    try {
      if (transaction.closed) {
        throw TransferException.of(Problem.UNKNOWN);
      }
      storing.store(transaction.assembly);
      transaction.close();
    } finally {
      transaction.lock.writeLock().unlock();
    }
    forget(id);
    counters.add(Counter.COMMITTED_PUSHES, 1);
    counters.add(Counter.COMMIT_MILLIS, (System.nanoTime() - begin) / NANOS_OF_MILLI);
  }

  /** Drops a transaction. */
  void discard(UUID id) throws TransferException {
    Transaction transaction = find(id);
    forget(id);
    if (!transaction.close()) {
      throw TransferException.of(Problem.UNKNOWN); // it was committed meanwhile
    }
  }

  private synchronized void forget(UUID id) {
    open.remove(id);
    available();
  }

  /** Drops all. */
  void close() {
    List<Transaction> left;
    synchronized (this) {
      left = List.copyOf(open.values());
      open.clear();
    }
    left.forEach(Transaction::close);
  }
}
