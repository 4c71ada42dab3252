package org.ithil.archive.deletion;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the blobs that the index remembers as to be removed. Those that cannot be removed are
 * tried again after a pause, which grows, and keep no others waiting.
 */
final class BlobRemoval implements JobType {
  private static final Logger LOG = LoggerFactory.getLogger(BlobRemoval.class);
  private static final int AT_ONCE = 256;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final Index index;
  private final BlobStore blobs;
  private final Duration firstPause;

  BlobRemoval(Index index, BlobStore blobs, Duration firstPause) {
    this.index = index;
    this.blobs = blobs;
    this.firstPause = firstPause;
  }

  @Override
  public String name() {
    return "BlobRemoval";
  }

  @Override
  public boolean isSystem() {
    return true;
  }

  @Override
  public boolean isDue() {
    return !index.read(reader -> reader.removals(Optional.empty(), 1)).isEmpty();
  }

  /**
   * @param checkpoint the last pause in milliseconds, if the last round failed
   */
  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    return new Run(
        checkpoint instanceof JsonValue.Whole(long millis)
            ? Optional.of(Duration.ofMillis(millis))
            : Optional.empty());
  }

  /** One round through all that waits, a number of blobs at each step. */
  private final class Run implements JobRun {
    private Optional<Duration> pause;
    private Optional<UUID> last = Optional.empty();
    private int failed;

    Run(Optional<Duration> pause) {
      this.pause = pause;
    }

    @Override
    public Step step() {
      // As a writer: one that is refused because the index is damaged must remove nothing.
      List<UUID> waiting = index.write(writer -> writer.removals(last, AT_ONCE));
      if (waiting.isEmpty()) {
        return end();
      }
      last = Optional.of(waiting.getLast());
      List<UUID> done = new ArrayList<>();
      for (UUID blob : waiting) {
        try {
          blobs.delete(blob);
          done.add(blob);
        } catch (IOException e) {
          failed++;
          LOG.debug("A blob could not be removed", e);
        }
      }
      if (!done.isEmpty()) {
        index.write(writer -> {
          writer.removed(done);
          return true;
        });
      }
      return Step.MORE;
    }

    private Step end() {
      if (failed == 0) {
        return Step.DONE;
      }
      Duration next = pause.map(p -> p.multipliedBy(2)).orElse(firstPause);
      pause = Optional.of(next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE);
      LOG.error("{} blobs could not be removed, this is tried again", failed);
      return new Step.Retry(pause.get());
    }

    @Override
    public JsonValue checkpoint() {
      return pause
          .<JsonValue>map(p -> new JsonValue.Whole(p.toMillis()))
          .orElseGet(JsonValue.Null::new);
    }

    @Override
    public double progress() {
      return 0;
    }

    @Override
    public JsonValue.Members content() {
      return JsonValue.object(Map.of());
    }

    @Override
    public void close() {}
  }
}
