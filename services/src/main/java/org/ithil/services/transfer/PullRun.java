package org.ithil.services.transfer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.peer.Peer;
import org.ithil.services.peer.PeerException;
import org.ithil.services.transfer.TransferException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Asks what there is to fetch, fetches it in buckets, several at once, and stores it at the end.
 */
final class PullRun implements JobRun {
  private final PullTransfer type;
  private final TransferRequest request;
  private @Nullable Part part;
  private @Nullable Parallel<Integer> fetching;
  private boolean ended;

  /**
   * What was fetched up to now.
   *
   * @param key names it in a checkpoint
   */
  record Part(String key, Assembly assembly, Progress progress) {
    long size() {
      return assembly.files().stream().mapToLong(TransferredFile::size).sum();
    }
  }

  PullRun(PullTransfer type, TransferRequest request, Optional<Part> begun) {
    this.type = type;
    this.request = request;
    this.part = begun.orElse(null);
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    try {
      Step step = next();
      ended = step != Step.MORE;
      return step;
    } catch (InterruptedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      ended = !Thread.currentThread().isInterrupted();
      throw TransferException.failed(e, part != null);
    }
  }

  private Step next() throws IOException, InterruptedException {
    Part begun = part;
    if (begun == null) {
      part = lookup();
      return part == null ? Step.DONE : Step.MORE;
    }
    if (fetching == null) {
      fetching = fetch(begun);
    }
    if (fetching.left() > 0) {
      fetching.next();
      return Step.MORE;
    }
    type.storing().store(begun.assembly());
    return Step.DONE;
  }

  private Remote remote() throws PeerException {
    Peer peer = type.outside().peers().ofJob(request.peer());
    return new Remote(type.outside(), peer, request.sender());
  }

  /** Null if there is nothing. */
  private @Nullable Part lookup() throws IOException, InterruptedException {
    Peer peer = type.outside().peers().ofJob(request.peer());
    Remote.Found found = remote().lookup(request.resources());
    if (request.originator().filter(wanted -> !wanted.equals(found.originator())).isPresent()) {
      throw TransferException.of(Problem.OTHER_SERVER);
    }
    if (found.files().isEmpty()) {
      return null;
    }
    int urlLength = (peer.url() + "transfers/chunks/").length();
    List<Bucket> buckets =
        Bucket.divide(found.files(), type.outside().rules().bucketSize(), urlLength);
    return new Part(
        type.newKey(), new Assembly(type.spool(), found.files(), buckets), new Progress());
  }

  private Parallel<Integer> fetch(Part begun) throws PeerException {
    Remote remote = remote();
    Assembly assembly = begun.assembly();
    List<Integer> missing = new ArrayList<>();
    for (int i = 0; i < assembly.buckets().size(); i++) {
      if (!assembly.has(i)) {
        missing.add(i);
      }
    }
    return new Parallel<>(
        missing,
        type.outside().rules().threads(),
        true,
        number -> {
          Remote.Fetched fetched =
              remote.fetch(assembly.bucket(number), request.gzip(), type.spool());
          assembly.put(number, fetched.bytes());
          begun.progress().done(fetched.wire());
        });
  }

  @Override
  public JsonValue checkpoint() {
    return part == null ? new JsonValue.Null() : PullTransfer.checkpoint(part.key());
  }

  @Override
  public double progress() {
    if (part == null) {
      return 0;
    }
    int buckets = part.assembly().buckets().size();
    return (1.0 + part.assembly().arrived()) / (2 + buckets);
  }

  @Override
  public JsonValue.Members content() {
    Map<String, JsonValue> content = request.content();
    if (part != null) {
      Progress.totals(content, part.assembly().files().size(), part.size());
      part.progress().show(content, "DownloadedSizeMB");
    }
    return JsonValue.object(content);
  }

  @Override
  public void close() {
    if (fetching != null) {
      fetching.close();
    }
    if (part != null && ended) {
      part.assembly().close();
    } else if (part != null) {
      type.rest(part);
    }
  }
}
