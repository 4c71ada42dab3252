package org.ithil.archive.ingest;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.ithil.archive.blob.SpooledFile;
import org.jspecify.annotations.Nullable;

/**
 * Takes files that belong together, a few at the same time, so that one wait for the medium serves
 * several. All is as if they were taken one after the other: the index learns of them in their
 * order, of two files of one instance the first one is the first, and the answers come in order.
 * For one thread.
 */
public final class IngestSequence implements AutoCloseable {
  private final Ingest ingest;
  private final Origin origin;
  private final int mostUnderway;
  private final Sink sink;
  private final Deque<Taking> underway = new ArrayDeque<>();
  private CountDownLatch last = new CountDownLatch(0);

  /** Gets an answer for each file, in order, in the thread that adds them. */
  public interface Sink {
    /** A file was taken. */
    void taken(IngestOutcome outcome);

    /** A file was not taken. What this throws ends the sequence. */
    void refused(IngestException failure);

    /**
     * A file could not be made. What this throws ends the sequence.
     *
     * @param failure what the making threw
     */
    default void unmade(Exception failure) {
      throw failure instanceof RuntimeException e ? e : new IllegalStateException(failure);
    }
  }

  /**
   * A file that was made of others.
   *
   * @param file used up, whatever happens
   */
  public record Made(SpooledFile file, Ingest.Inheritance inheritance) {}

  /** Makes a file, at the same time as others are made. */
  @FunctionalInterface
  public interface Making {
    Made make() throws IOException, InterruptedException, IngestException;
  }

  /**
   * @param mostUnderway how many files are taken at a time
   */
  public IngestSequence(Ingest ingest, Origin origin, int mostUnderway, Sink sink) {
    this.ingest = ingest;
    this.origin = origin;
    this.mostUnderway = mostUnderway;
    this.sink = sink;
  }

  /**
   * Begins to take a file. Waits for the first one, and tells its answer, if too many are underway.
   *
   * @param file used up, whatever happens
   */
  public void add(SpooledFile file) {
    try {
      if (underway.size() >= mostUnderway) {
        answer(underway.removeFirst());
      }
    } catch (RuntimeException | Error e) {
      file.close();
      throw e;
    }
    add(() -> new Made(file, Ingest.Inheritance.NONE));
  }

  /**
   * Begins to make a file, and then to take it. Does not wait: see {@link #size} and {@link #next}.
   */
  public void add(Making making) {
    Taking taking = new Taking(making, last);
    last = taking.passed;
    underway.add(taking);
    Thread.ofVirtual().name("ingest").start(taking);
  }

  /** How many files have no answer yet. */
  public int size() {
    return underway.size();
  }

  /**
   * Waits for the first file, and tells its answer.
   *
   * @throws InterruptedException if the wait is interrupted; then the answer is still to come
   * @throws java.util.NoSuchElementException if there is none
   */
  public void next() throws InterruptedException {
    underway.getFirst().done.await();
    answer(underway.removeFirst());
  }

  /** Waits for all files and tells their answers. */
  public void finish() {
    while (!underway.isEmpty()) {
      answer(underway.removeFirst());
    }
  }

  private void answer(Taking taking) {
    waitFor(taking.done);
    switch (taking.failure) {
      case null -> {
        if (taking.outcome != null) {
          sink.taken(taking.outcome);
        }
      }
      case IngestException e -> sink.refused(e);
      case Exception e when !taking.made -> sink.unmade(e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(taking.failure);
    }
  }

  /** Waits for what is underway, without answers. */
  @Override
  public void close() {
    underway.forEach(taking -> waitFor(taking.done));
  }

  private static void waitFor(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Taking implements Runnable, Ingest.Turn {
    private final Making making;
    private final CountDownLatch before;
    final CountDownLatch passed = new CountDownLatch(1);
    final CountDownLatch done = new CountDownLatch(1);
    @Nullable IngestOutcome outcome;
    @Nullable Throwable failure;
    boolean made;

    Taking(Making making, CountDownLatch before) {
      this.making = making;
      this.before = before;
    }

    @Override
    public void run() {
      try {
        Made file = making.make();
        made = true;
        outcome = ingest.ingest(file.file(), origin, file.inheritance(), this);
      } catch (Throwable e) { // told by the one who waits
        failure = e;
      } finally {
        pass();
        done.countDown();
      }
    }

    @Override
    public void await() {
      waitFor(before);
    }

    @Override
    public void pass() {
      await();
      passed.countDown();
    }
  }
}
