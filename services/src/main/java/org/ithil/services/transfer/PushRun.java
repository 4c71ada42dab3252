package org.ithil.services.transfer;

import java.io.IOException;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.peer.PeerClient.Body;
import org.ithil.services.peer.PeerException;
import org.ithil.services.transfer.TransferException.Problem;
import org.jspecify.annotations.Nullable;

/**
 * Opens a transaction at the peer, puts the buckets, several at once, and commits. A run that goes
 * on, be it after a restart, uses the transaction of the one before, if the peer still has it.
 */
final class PushRun implements JobRun {
  private final PushTransfer type;
  private final TransferRequest request;
  private final BitSet done = new BitSet();
  private Optional<Reached> earlier;
  private @Nullable Plan plan;
  private Remote.@Nullable Push push;
  private @Nullable Progress progress;
  private @Nullable Parallel<Integer> sending;
  private boolean committing;

  /** What is sent. */
  private record Plan(List<TransferredFile> files, List<Bucket> buckets) {
    /** Differs for another plan; the same in another process. */
    int mark() {
      int mark = 1;
      for (TransferredFile file : files) {
        mark = 31 * mark + (file.id() + file.size() + file.md5()).hashCode();
      }
      for (Bucket bucket : buckets) {
        mark = 31 * mark + Long.hashCode(bucket.size()) + bucket.chunks().size();
      }
      return mark;
    }
  }

  /**
   * How far an earlier run had come.
   *
   * @param mark tells the plan
   * @param done numbers of the buckets that the peer has
   */
  record Reached(Remote.Push push, int mark, BitSet done) {
    static Optional<Reached> of(JsonValue checkpoint) {
      if (checkpoint instanceof JsonValue.Members members
          && members.get("Path") instanceof JsonValue.Text(String path)
          && members.get("Cookie") instanceof JsonValue.Text(String cookie)
          && members.get("Plan") instanceof JsonValue.Whole(long mark)
          && members.get("Done") instanceof JsonValue.Text(String bits)) {
        return Optional.of(
            new Reached(
                new Remote.Push(path, cookie),
                (int) mark,
                BitSet.valueOf(HexFormat.of().parseHex(bits))));
      }
      return Optional.empty();
    }

    JsonValue json() {
      return JsonValue.object(
          Map.of(
              "Path", new JsonValue.Text(push.path()),
              "Cookie", new JsonValue.Text(push.cookie()),
              "Plan", new JsonValue.Whole(mark),
              "Done", new JsonValue.Text(HexFormat.of().formatHex(done.toByteArray()))));
    }
  }

  PushRun(PushTransfer type, TransferRequest request, Optional<Reached> earlier) {
    this.type = type;
    this.request = request;
    this.earlier = earlier;
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    try {
      return next();
    } catch (InterruptedException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw TransferException.failed(e, push != null);
      }
      if (earlier.isPresent() && Remote.isForgotten(e)) {
        startOver();
        return Step.MORE;
      }
      Remote.Push open = push;
      if (open != null && !committing) {
        stopSending();
        discard(open, e);
      }
      throw TransferException.failed(e, open != null);
    }
  }

  private void discard(Remote.Push open, Exception why) throws InterruptedException {
    try {
      remote().discard(open);
    } catch (PeerException e) {
      why.addSuppressed(e);
    }
  }

  private void startOver() {
    stopSending();
    earlier = Optional.empty();
    push = null;
    committing = false;
    done.clear();
  }

  private void stopSending() {
    if (sending != null) {
      sending.close();
      sending = null;
    }
  }

  private Step next() throws IOException, InterruptedException {
    Plan made = plan;
    if (made == null) {
      List<TransferredFile> files = type.lookup().files(request.resources());
      plan = new Plan(files, Bucket.divide(files, type.outside().rules().bucketSize(), 0));
      return Step.MORE;
    }
    Remote.Push open = push;
    if (open == null) {
      push = open(made);
      progress = new Progress();
      return Step.MORE;
    }
    if (sending == null) {
      sending = send(made, open, Objects.requireNonNull(progress));
    }
    if (sending.left() > 0) {
      done.set(sending.next());
      return Step.MORE;
    }
    committing = true;
    remote().commit(open);
    return Step.DONE;
  }

  private Remote remote() throws PeerException {
    return new Remote(
        type.outside(), type.outside().peers().ofJob(request.peer()), request.sender());
  }

  private Remote.Push open(Plan made) throws IOException, InterruptedException {
    Optional<Reached> reached = earlier.filter(run -> run.mark() == made.mark());
    if (reached.isPresent()) {
      done.or(reached.get().done());
      return reached.get().push();
    }
    if (earlier.isPresent()) { // what was to be sent has changed meanwhile
      remote().discard(earlier.get().push());
      earlier = Optional.empty();
    }
    return remote().open(made.files(), made.buckets(), request.gzip());
  }

  private Parallel<Integer> send(Plan made, Remote.Push open, Progress sent) throws PeerException {
    Remote remote = remote();
    BitSet there = (BitSet) done.clone();
    List<Integer> missing =
        IntStream.range(0, made.buckets().size())
            .filter(number -> !there.get(number))
            .boxed()
            .toList();
    return new Parallel<>(
        missing,
        type.outside().rules().threads(),
        true,
        number -> sent.done(put(remote, open, number, made.buckets().get(number))));
  }

  /** Answers how many bytes it was on the way. */
  private long put(Remote remote, Remote.Push open, int number, Bucket bucket)
      throws IOException, InterruptedException {
    try (ChunkSequence chunks = chunks(bucket)) {
      if (!request.gzip()) {
        remote.put(open, number, Body.of(chunks.size(), chunks::open));
        return chunks.size();
      }
      try (SpooledFile compressed = compressed(chunks)) {
        remote.put(open, number, Body.of(compressed));
        return compressed.size();
      }
    }
  }

  private ChunkSequence chunks(Bucket bucket) throws IOException {
    ChunkSequence chunks = new ChunkSequence();
    try {
      for (Bucket.Chunk chunk : bucket.chunks()) {
        FileCache.Lease file =
            type.cache()
                .open(ResourceId.parse(chunk.id()).orElseThrow())
                .orElseThrow(() -> TransferException.of(Problem.UNKNOWN));
        chunks.add(file, chunk.offset(), chunk.size());
      }
      return chunks;
    } catch (IOException | RuntimeException e) {
      chunks.close();
      throw e;
    }
  }

  private SpooledFile compressed(ChunkSequence chunks) throws IOException {
    try (Spool.Writer writer = type.spool().open();
        var plain = chunks.open()) {
      GZIPOutputStream gzip = new GZIPOutputStream(writer, 64 << 10);
      plain.transferTo(gzip);
      gzip.finish();
      return writer.finish();
    }
  }

  @Override
  public JsonValue checkpoint() {
    return plan == null || push == null
        ? earlier.map(Reached::json).orElse(new JsonValue.Null())
        : new Reached(push, plan.mark(), done).json();
  }

  @Override
  public double progress() {
    return plan == null || push == null
        ? 0
        : (1.0 + done.cardinality()) / (2 + plan.buckets().size());
  }

  @Override
  public JsonValue.Members content() {
    if (plan == null) {
      return JsonValue.object(new TreeMap<>());
    }
    Map<String, JsonValue> content = request.content();
    Progress.totals(
        content, plan.files().size(), plan.files().stream().mapToLong(TransferredFile::size).sum());
    if (progress != null) {
      progress.show(content, "UploadedSizeMB");
    }
    return JsonValue.object(content);
  }

  @Override
  public void close() {
    stopSending();
  }
}
