package org.ithil.services.transfer;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;

/**
 * Jobs that fetch. What a paused one has fetched waits here, as long as the process lives and there
 * is room; without it the job starts over.
 */
final class PullTransfer implements JobType {
  private final Transfers.Outside outside;
  private final Spool spool;
  private final Storing storing;
  private final Supplier<UUID> uuids;
  private final Map<String, PullRun.Part> resting = new LinkedHashMap<>();

  PullTransfer(Transfers.Outside outside, Spool spool, Storing storing, Supplier<UUID> uuids) {
    this.outside = outside;
    this.spool = spool;
    this.storing = storing;
    this.uuids = uuids;
  }

  @Override
  public String name() {
    return TransferRequest.PULL;
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) throws IOException {
    return new PullRun(this, TransferRequest.of(seed), key(checkpoint).flatMap(this::wake));
  }

  Transfers.Outside outside() {
    return outside;
  }

  Spool spool() {
    return spool;
  }

  Storing storing() {
    return storing;
  }

  String newKey() {
    return uuids.get().toString();
  }

  static JsonValue checkpoint(String key) {
    return JsonValue.object(Map.of("Part", new JsonValue.Text(key)));
  }

  private static Optional<String> key(JsonValue checkpoint) {
    return checkpoint instanceof JsonValue.Members members
            && members.get("Part") instanceof JsonValue.Text(String key)
        ? Optional.of(key)
        : Optional.empty();
  }

  private synchronized Optional<PullRun.Part> wake(String key) {
    return Optional.ofNullable(resting.remove(key));
  }

  /** Keeps what a run has fetched until it goes on. */
  synchronized void rest(PullRun.Part part) {
    resting.put(part.key(), part);
    Iterator<PullRun.Part> oldest = resting.values().iterator();
    while (resting.size() > outside.rules().maximumPushTransactions()) {
      oldest.next().assembly().close();
      oldest.remove();
    }
  }

  /** A job of any type has failed. */
  void ended(Job job) {
    if (job.request().type().equals(name())) {
      key(job.status().checkpoint()).flatMap(this::wake).ifPresent(part -> part.assembly().close());
    }
  }

  synchronized void close() {
    resting.values().forEach(part -> part.assembly().close());
    resting.clear();
  }
}
