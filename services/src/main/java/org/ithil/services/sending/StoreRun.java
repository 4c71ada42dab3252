package org.ithil.services.sending;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.ReadAhead;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dimse.message.Command.MoveOriginator;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.sending.Outgoing.Need;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends instances, one in each step. */
final class StoreRun implements JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(StoreRun.class);

  /** How many instances are looked at when an association is planned. */
  private static final int FORESIGHT = 20_000;

  private final StoreRequest request;
  private final Index index;
  private final Retrieval retrieval;
  private final SendingRules rules;
  private final Sender sender;
  private Done done;
  private @Nullable ReadAhead<ResourceId, Outgoing> ahead;

  /**
   * How far a run is.
   *
   * @param instances how many are behind it
   * @param failed how many of them were not taken
   */
  record Done(int instances, int failed) {
    private static final String INSTANCES = "Done";
    private static final String FAILED = "Failed";

    static Done of(JsonValue checkpoint) {
      return checkpoint instanceof JsonValue.Members members
              && members.get(INSTANCES) instanceof JsonValue.Whole(long instances)
              && members.get(FAILED) instanceof JsonValue.Whole(long failed)
          ? new Done((int) instances, (int) failed)
          : new Done(0, 0);
    }

    JsonValue toJson() {
      return JsonValue.object(
          Map.of(INSTANCES, new JsonValue.Whole(instances), FAILED, new JsonValue.Whole(failed)));
    }
  }

  StoreRun(
      StoreRequest request,
      Done done,
      Index index,
      Retrieval retrieval,
      ModalityClient client,
      SendingRules rules) {
    this.request = request;
    this.done = done;
    this.index = index;
    this.retrieval = retrieval;
    this.rules = rules;
    this.sender =
        Sender.of(
            client,
            request.modality(),
            new ModalityClient.Call(
                Optional.of(request.localAet()), Optional.of(request.timeout())),
            rules);
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    List<ResourceId> instances = request.instances();
    if (done.instances < instances.size()) {
      int failed = done.failed + sendNext(instances.get(done.instances));
      done = new Done(done.instances + 1, failed);
      if (sender.isHopeless()) {
        // The others would only wait for the same failure, one by one.
        done = new Done(instances.size(), failed + instances.size() - done.instances);
      }
    }
    if (done.instances < instances.size()) {
      return Step.MORE;
    }
    sender.release();
    if (done.failed > 0) {
      LOG.warn(
          "{} of {} instances were not sent to {}",
          done.failed,
          instances.size(),
          request.modality().aet());
    }
    return Step.DONE;
  }

  /** Returns how many instances have failed. */
  private int sendNext(ResourceId id) throws IOException, InterruptedException {
    ReadAhead<ResourceId, Outgoing> reader = ahead;
    if (reader == null) {
      List<ResourceId> rest =
          request.instances().subList(done.instances, request.instances().size());
      reader =
          new ReadAhead<>(
              rest.iterator(),
              rules.windowSize(),
              ReadAhead.Budget.unlimited(),
              new Opening(retrieval, rules));
      ahead = reader;
    }
    try (Outgoing instance = reader.next().orElseThrow().loaded()) {
      sender.send(
          instance,
          request
              .originator()
              .map(mover -> new MoveOriginator(mover.aet(), OptionalInt.of(mover.message()))),
          this::upcoming);
      return 0;
    } catch (IOException e) {
      if (!request.permissive() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.warn("Instance {} was not sent: {}", id, e.getMessage());
      return 1;
    }
  }

  /** What the instances need that are still to be sent. */
  private Set<Need> upcoming() {
    List<ResourceId> all = request.instances();
    List<ResourceId> next =
        all.subList(done.instances, Math.min(all.size(), done.instances + FORESIGHT));
    Set<Need> needs = new LinkedHashSet<>();
    index.read(reader -> {
      for (ResourceId id : next) {
        Optional<String> sopClass = text(reader, id, Metadata.SOP_CLASS_UID);
        Optional<String> syntax = text(reader, id, Metadata.TRANSFER_SYNTAX);
        if (sopClass.isPresent() && syntax.isPresent()) {
          needs.add(new Need(sopClass.get(), syntax.get()));
        }
      }
      return needs;
    });
    return needs;
  }

  private static Optional<String> text(IndexReader reader, ResourceId id, int number) {
    return reader
        .metadata(Level.INSTANCE, id, number)
        .map(Metadata.Entry::text)
        .filter(text -> !text.isEmpty());
  }

  @Override
  public JsonValue checkpoint() {
    return done.toJson();
  }

  @Override
  public double progress() {
    int count = request.instances().size();
    return count == 0 ? 1 : (double) done.instances / count;
  }

  @Override
  public JsonValue.Members content() {
    return request.content(done.failed);
  }

  @Override
  public void close() {
    if (Thread.currentThread().isInterrupted()) {
      sender.close();
    } else {
      sender.releaseLater();
    }
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
  }
}
