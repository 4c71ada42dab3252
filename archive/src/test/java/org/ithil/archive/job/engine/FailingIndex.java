package org.ithil.archive.job.engine;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexException;
import org.ithil.archive.index.IndexException.Kind;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.jspecify.annotations.Nullable;

/** An index whose medium takes nothing while it is told so. */
final class FailingIndex implements Index {
  private final Index index;

  /** How writers fail; null if they do not. */
  volatile @Nullable Kind failing;

  /** Whether those writers are committed nevertheless. */
  volatile boolean commits;

  /** One comes back for each writer that failed. */
  final Semaphore failed = new Semaphore(0);

  FailingIndex(Index index) {
    this.index = index;
  }

  @Override
  public <T> T read(Function<IndexReader, T> query) {
    return index.read(query);
  }

  @Override
  public <T> T write(Function<IndexWriter, T> operation) {
    Kind kind = failing;
    if (kind == null) {
      return index.write(operation);
    }
    if (commits) {
      index.write(operation);
    }
    failed.release();
    throw new IndexException("the medium takes nothing", new IOException(), kind);
  }

  @Override
  public long removalCount() {
    return index.removalCount();
  }

  @Override
  public void close() {
    index.close();
  }
}
