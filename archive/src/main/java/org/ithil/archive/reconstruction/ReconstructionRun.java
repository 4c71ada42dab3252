package org.ithil.archive.reconstruction;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import org.ithil.archive.blob.StorageFullException;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One step reads some instances and writes what they say, or stores one file anew. */
final class ReconstructionRun implements JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(ReconstructionRun.class);

  /** Instances whose main tags are written in one transaction. */
  private static final int AT_ONCE = 100;

  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final String PLACE = "Place";
  private static final String DONE = "Done";
  private static final String FAILED = "Failed";
  private static final String FAILED_COUNT = "FailedInstancesCount";

  private final Index index;
  private final Instances instances;
  private final Reconstruction.Seed seed;
  private final JsonValue.Members told;
  private final Optional<Semaphore> turns;
  private final Set<Part> wanted;

  /** Whether the first instance that can be read is enough. */
  private final boolean few;

  private final Walk walk;
  private boolean hasTurn;
  private long done;
  private long failed;

  /**
   * @param told the seed as it is kept: clients see it too
   */
  ReconstructionRun(
      Index index,
      Instances instances,
      Reconstruction.Seed seed,
      JsonValue.Members told,
      JsonValue checkpoint,
      Optional<Semaphore> turns) {
    this.index = index;
    this.instances = instances;
    this.seed = seed;
    this.told = told;
    this.turns = turns;
    Reconstruction.Request request = seed.request();
    wanted =
        request.thisLevelOnly() ? Part.only(request.resource().orElseThrow().level()) : Part.ALL;
    few = request.thisLevelOnly() && !request.files();
    walk = new Walk(request, wanted);
    if (checkpoint instanceof JsonValue.Members members) {
      walk.goTo(members.get(PLACE));
      done = number(members, DONE);
      failed = number(members, FAILED);
    }
  }

  private static long number(JsonValue.Members members, String name) {
    return members.get(name) instanceof JsonValue.Whole(long number) ? number : 0;
  }

  @Override
  public Step step() throws IOException {
    if (!hasTurn && turns.isPresent()) {
      if (!turns.get().tryAcquire()) {
        return new Step.Retry(PAUSE);
      }
      hasTurn = true;
    }
    boolean files = seed.request().files();
    int limit = files || few ? 1 : AT_ONCE;
    List<ResourceId> next = index.read(reader -> walk.next(reader, limit));
    if (next.isEmpty()) {
      if (failed > 0) {
        LOG.warn("{} of {} instances could not be read", failed, done);
      }
      return Step.DONE;
    }
    Set<Part> ofEach = EnumSet.noneOf(Part.class);
    if (wanted.contains(Part.INSTANCE)) {
      ofEach.add(Part.INSTANCE);
    }
    Outcome outcome = files ? store(next.getFirst(), ofEach) : write(next, ofEach);
    walk.pass(next.size(), outcome.written);
    if (few && outcome.written) {
      walk.end();
    }
    done += next.size();
    failed += outcome.failed;
    return Step.MORE;
  }

  /**
   * What came of a step.
   *
   * @param written whether an instance could be read, so that parents have their main tags
   * @param failed how many could not be read
   */
  private record Outcome(boolean written, int failed) {}

  private Outcome store(ResourceId instance, Set<Part> ofEach) throws IOException {
    Set<Part> parts = walk.open();
    parts.addAll(ofEach);
    try {
      return new Outcome(instances.store(instance, parts), 0);
    } catch (IOException e) {
      leaveOut(instance, e);
      return new Outcome(false, 1);
    }
  }

  private Outcome write(List<ResourceId> all, Set<Part> ofEach) throws IOException {
    boolean written = false;
    int unread = 0;
    List<ResourceId> left = all;
    while (!left.isEmpty()) {
      List<Instances.Header> headers = new ArrayList<>(left.size());
      for (ResourceId instance : left) {
        try {
          instances.header(instance).ifPresent(headers::add);
        } catch (IOException e) {
          leaveOut(instance, e);
          unread++;
        }
      }
      Set<Part> ofFirst = written ? Set.of() : walk.open();
      Instances.Written result = instances.write(headers, ofFirst, ofEach);
      written |= result.first();
      left = result.others();
    }
    return new Outcome(written, unread);
  }

  /** Goes on without an instance, unless the reason lies elsewhere. */
  private static void leaveOut(ResourceId instance, IOException failure) throws IOException {
    if (failure instanceof StorageFullException || Thread.currentThread().isInterrupted()) {
      throw failure;
    }
    LOG.warn("Instance {} is left as it is: {}", instance, failure.toString());
  }

  @Override
  public JsonValue checkpoint() {
    return JsonValue.object(
        Map.of(
            PLACE,
            walk.toJson(),
            DONE,
            new JsonValue.Whole(done),
            FAILED,
            new JsonValue.Whole(failed)));
  }

  @Override
  public double progress() {
    return seed.instances() == 0 ? 0 : Math.min(1, (double) done / seed.instances());
  }

  @Override
  public JsonValue.Members content() {
    var content = new TreeMap<String, JsonValue>(told.members());
    content.put(FAILED_COUNT, new JsonValue.Whole(failed));
    return new JsonValue.Members(content);
  }

  @Override
  public void close() {
    if (hasTurn) {
      turns.orElseThrow().release();
      hasTurn = false;
    }
  }
}
