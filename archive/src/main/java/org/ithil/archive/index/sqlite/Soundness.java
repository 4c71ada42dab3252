package org.ithil.archive.index.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the file of the index is sound. The first time that it is found damaged is told in the
 * log, and from then on nothing more is to be written: it would only be lost later.
 */
final class Soundness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Soundness.class);

  /** Bytes of an index that is looked at whenever it is opened: takes milliseconds, so no key. */
  static final long SMALL = 16L << 20;

  /** Bytes that the start waits for after a process was killed: about a second, so no key. */
  private static final long MIDDLING = 256L << 20;

  private final Path file;
  private final AtomicReference<@Nullable IndexException> damage = new AtomicReference<>();
  private @Nullable Thread background;
  private @Nullable Session session;

  Soundness(Path file) {
    this.file = file;
  }

  /**
   * Looks at the file: at a small one always, else after a process was killed; at a large one while
   * it is used.
   *
   * @throws IndexException DAMAGED
   */
  void check(boolean afterCrash) {
    long size;
    try {
      size = Files.size(file);
    } catch (IOException e) {
      throw new IndexException("cannot look at the index " + file, e);
    }
    if (size <= SMALL || afterCrash && size <= MIDDLING) {
      try (Session reader = Session.reader(file)) {
        reader.check();
      }
    } else if (afterCrash) {
      LOG.info("The last process was killed: the index is being checked while it is used");
      Session reader = Session.reader(file);
      session = reader;
      background =
          Thread.ofPlatform().name("index-check").daemon().start(() -> checkInBackground(reader));
    }
  }

  private void checkInBackground(Session reader) {
    try (reader) {
      reader.check();
      LOG.info("The index is sound");
    } catch (IndexException e) {
      if (!learn(e)) {
        LOG.debug("The check of the index has ended", e);
      }
    }
  }

  /** Notes a failure if it tells of damage. */
  boolean learn(@Nullable Throwable failure) {
    if (!(failure instanceof IndexException e) || e.kind() != Kind.DAMAGED) {
      return false;
    }
    if (damage.compareAndSet(null, e)) {
      LOG.error(
          "Nothing is stored, changed or deleted any more. Stop the server: {}", e.toString());
    }
    return true;
  }

  /** What a writer is told once damage is known; null as long as it is not. */
  @Nullable IndexException refusal() {
    IndexException known = damage.get();
    return known == null
        ? null
        : new IndexException("nothing is written: " + known.getMessage(), known, Kind.REFUSED);
  }

  /** Gives up the check that runs. */
  @Override
  public void close() {
    boolean interrupted = false;
    while (background != null && background.isAlive()) {
      if (session != null) {
        session.interrupt();
      }
      try {
        background.join(20);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
