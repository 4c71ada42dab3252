package org.ithil.archive.index.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexException.Kind;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/**
 * The index in one SQLite file.
 *
 * <p>Writers hand their operations to one thread. It takes all that wait, up to a limit, runs each
 * inside of a savepoint, commits them together, and only then lets the callers go: one wait for the
 * disk serves many. Readers have connections of their own and see the last commit (WAL).
 */
public final class SqliteIndex implements Index {
  /** The file in the folder of the index. */
  public static final String FILE = "ithil.db";

  /** Callers beyond wait before the queue instead of in it, which they do not notice: no key. */
  private static final int MOST_WAITING = 1024;

  /** More would save little of the wait for the disk and let the first ones wait longer: no key. */
  private static final int MOST_IN_ONE_COMMIT = 128;

  private final Session writing;
  private final SqliteWriter writer;
  private final BlockingQueue<SqliteReader> readers;
  private final List<SqliteReader> allReaders;
  private final BlockingQueue<Operation<?>> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Operation<?> end = new Operation<>(w -> true);
  private final Removals removals;
  private final Thread thread;
  private final Soundness soundness;
  private volatile boolean closed;

  /** SQLite's number of the last commit of another connection; of the writer's thread alone. */
  private @Nullable Long version;

  /** Whether a transaction of the writer may still be open; of its thread alone. */
  private boolean unsure;

  /**
   * Opens the index; makes it if there is none.
   *
   * @param folder where it lies; made if missing
   * @param readerCount how many may read at the same time; more wait
   */
  public SqliteIndex(Path folder, int readerCount) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IndexException("cannot make the folder of the index " + folder, e);
    }
    Path file = folder.resolve(FILE);
    writing = Session.writer(file);
    try {
      Schema.migrate(writing);
      writer = new SqliteWriter(writing);
    } catch (RuntimeException e) {
      writing.close();
      throw e;
    }
    removals = new Removals(writing);
    soundness = new Soundness(file);
    readers = new ArrayBlockingQueue<>(readerCount);
    for (int i = 0; i < readerCount; i++) {
      readers.add(new SqliteReader(Session.reader(file)));
    }
    allReaders = List.copyOf(readers);
    thread = Thread.ofPlatform().name("index-writer").daemon().start(this::run);
  }

  /**
   * Looks whether the file is sound: a large one only after a crash, and then while it is used. To
   * be called once, before others use the index.
   *
   * @param afterCrash whether the last process was killed
   * @throws IndexException if it is damaged
   */
  public void check(boolean afterCrash) {
    soundness.check(afterCrash);
  }

  /** Whether damage was found, or a check of the file has not come to its end. */
  public boolean isDoubtful() {
    return soundness.isDoubtful();
  }

  @Override
  public <T> T read(Function<IndexReader, T> query) {
    SqliteReader reader = uninterruptibly(readers::take);
    try {
      if (closed) {
        throw new IndexException("the index is closed");
      }
      reader.session.update("BEGIN");
      try {
        T result = query.apply(reader);
        reader.session.update("COMMIT");
        return result;
      } catch (RuntimeException | Error e) {
        soundness.learn(e);
        rollBack(reader.session, e);
        throw e;
      }
    } finally {
      readers.add(reader);
    }
  }

  @Override
  public long removalCount() {
    return removals.count();
  }

  @Override
  public <T> T write(Function<IndexWriter, T> function) {
    return queue(function).get();
  }

  @Override
  public <T> Supplier<T> queue(Function<IndexWriter, T> function) {
    Operation<T> operation = new Operation<>(function);
    if (Thread.currentThread() == thread) {
      throw new IllegalStateException("a transaction inside of a transaction");
    }
    synchronized (end) {
      if (closed) {
        throw new IndexException("the index is closed");
      }
      IndexException refusal = soundness.refusal();
      if (refusal != null) {
        throw refusal;
      }
      uninterruptibly(() -> {
        waiting.put(operation);
        return true;
      });
    }
    return operation::await;
  }

  private void run() {
    List<Operation<?>> batch = new ArrayList<>(MOST_IN_ONE_COMMIT);
    boolean ended = false;
    while (!ended) {
      batch.add(uninterruptibly(waiting::take));
      waiting.drainTo(batch, MOST_IN_ONE_COMMIT - 1);
      ended = batch.remove(end);
      commit(batch);
      batch.clear();
    }
  }

  /**
   * Whatever happens, callers are let go and the thread lives on. A batch that could not even be
   * given up in order leaves the transaction to the next one.
   */
  private void commit(List<Operation<?>> batch) {
    removals.begin();
    try {
      if (unsure) {
        giveUp(List.of(), new IllegalStateException("an earlier transaction did not end"));
      }
      unsure = true;
      commitAll(batch);
      unsure = false;
    } catch (Throwable e) {
      for (Operation<?> operation : batch) {
        operation.fail(e);
      }
    } finally {
      removals.end();
      for (Operation<?> operation : batch) {
        operation.release();
      }
    }
  }

  private void commitAll(List<Operation<?>> batch) {
    IndexException refusal = soundness.refusal();
    if (refusal != null) {
      batch.forEach(operation -> operation.fail(refusal));
      return;
    }
    try {
      writing.update("BEGIN IMMEDIATE");
      forgetIfOthersWrote();
      writer.begin();
      for (Operation<?> operation : batch) {
        run(operation);
      }
      writer.totals().flush();
      end();
      for (Operation<?> operation : batch) {
        operation.committed();
      }
    } catch (RuntimeException | Error e) {
      giveUp(batch, e);
    }
  }

  /** Another process on the same file may have changed what this one has in memory. */
  private void forgetIfOthersWrote() {
    Long now = writing.number("PRAGMA data_version");
    if (!Objects.equals(now, version)) {
      version = now;
      writer.totals().forget();
      writer.forget();
      removals.look();
    }
  }

  private void end() {
    boolean removing = writer.hasRemoved();
    if (removing) {
      removals.change();
    }
    try {
      writing.update("COMMIT");
    } finally {
      if (removing) {
        removals.change();
      }
    }
  }

  private void run(Operation<?> operation) {
    writing.update("SAVEPOINT operation");
    long[] before = writer.totals().copy();
    operation.run(writer);
    if (operation.failure instanceof IndexException e && e.kind() == Kind.DAMAGED) {
      throw e; // the others of the batch may have written beside the damage
    }
    if (operation.failed()) {
      writing.update("ROLLBACK TO operation");
      writer.totals().restore(before);
      writer.forget();
    }
    writing.update("RELEASE operation");
  }

  private void giveUp(List<Operation<?>> batch, Throwable cause) {
    IndexException failure =
        new IndexException(
            "the index could not be written: " + cause.getMessage(),
            cause,
            cause instanceof IndexException e && e.kind() != Kind.UNFIT ? e.kind() : Kind.FAILED);
    soundness.learn(cause);
    batch.forEach(operation -> operation.fail(failure));
    writer.totals().forget();
    writer.forget();
    rollBack(writing, failure);
  }

  private static void rollBack(Session session, Throwable cause) {
    try {
      session.update("ROLLBACK");
    } catch (IndexException e) {
      cause.addSuppressed(e); // SQLite has rolled back already, or never began
    }
  }

  /** Runs what waits, then closes. */
  @Override
  public void close() {
    synchronized (end) {
      if (closed) {
        return;
      }
      closed = true;
      uninterruptibly(() -> {
        waiting.put(end);
        return true;
      });
    }
    uninterruptibly(() -> {
      thread.join();
      return true;
    });
    soundness.close();
    for (int i = 0; i < allReaders.size(); i++) {
      uninterruptibly(readers::take).session.close();
    }
    for (SqliteReader reader : allReaders) {
      readers.add(reader);
    }
    removals.close();
    writing.close();
  }

  private interface Blocking<T> {
    T run() throws InterruptedException;
  }

  private static <T> T uninterruptibly(Blocking<T> action) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return action.run();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** What a caller wants done, and waits for. */
  private static final class Operation<T> {
    private final Function<IndexWriter, T> function;
    private final CountDownLatch done = new CountDownLatch(1);
    private @Nullable T result;
    private @Nullable Throwable failure;
    private boolean committed;

    Operation(Function<IndexWriter, T> function) {
      this.function = function;
    }

    void run(IndexWriter writer) {
      try {
        result = function.apply(writer);
      } catch (Throwable e) { // also a checked exception that was thrown unseen
        failure = e;
      }
    }

    boolean failed() {
      return failure != null;
    }

    /** Its transaction could not be committed, whatever it did itself. */
    void fail(Throwable cause) {
      if (failure == null) {
        failure = cause;
      }
    }

    void committed() {
      committed = true;
    }

    void release() {
      done.countDown();
    }

    @SuppressWarnings("NullAway") // a function may return null only if T allows it
    T await() {
      uninterruptibly(() -> {
        done.await();
        return true;
      });
      switch (failure) {
        case null -> {
          if (!committed) {
            throw new IndexException("the index could not be written");
          }
          return result;
        }
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default ->
            throw new IndexException("an operation on the index failed: " + failure, failure);
      }
    }
  }
}
