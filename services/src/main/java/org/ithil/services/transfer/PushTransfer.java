package org.ithil.services.transfer;

import java.io.IOException;
import java.util.Optional;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Jobs that send, to a peer that opens a transaction for it. */
final class PushTransfer implements JobType {
  private static final Logger LOG = LoggerFactory.getLogger(PushTransfer.class);

  private final Transfers.Outside outside;
  private final Lookup lookup;
  private final FileCache cache;
  private final Spool spool;

  PushTransfer(Transfers.Outside outside, Lookup lookup, FileCache cache, Spool spool) {
    this.outside = outside;
    this.lookup = lookup;
    this.cache = cache;
    this.spool = spool;
  }

  @Override
  public String name() {
    return TransferRequest.PUSH;
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) throws IOException {
    return new PushRun(this, TransferRequest.of(seed), PushRun.Reached.of(checkpoint));
  }

  Transfers.Outside outside() {
    return outside;
  }

  Lookup lookup() {
    return lookup;
  }

  FileCache cache() {
    return cache;
  }

  Spool spool() {
    return spool;
  }

  /** A job of any type has failed: if it was cancelled, its peer is told, in the background. */
  void ended(Job job) {
    Optional<PushRun.Reached> reached = PushRun.Reached.of(job.status().checkpoint());
    if (!job.request().type().equals(name())
        || reached.isEmpty()
        || job.status().failure().filter(why -> why.code() == JobFailure.CANCELED_CODE).isEmpty()) {
      return;
    }
    Thread.ofVirtual()
        .name("transfer-discard")
        .start(() -> {
          try {
            TransferRequest request = TransferRequest.of(job.request().seed());
            new Remote(outside, outside.peers().ofJob(request.peer()), request.sender())
                .discard(reached.get().push());
          } catch (IOException | RuntimeException e) {
            LOG.info("A push could not be dropped: {}", e.getMessage());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }
}
