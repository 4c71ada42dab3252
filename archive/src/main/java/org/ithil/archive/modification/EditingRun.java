package org.ithil.archive.modification;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.IntUnaryOperator;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.ingest.IngestSequence;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ModificationException.Problem;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes new instances of others, several at a time, one answer a step, in their order.
 *
 * <p>What was under way when the job was stopped is made again when it goes on. That does no harm:
 * edits are functions of the source, so the new ones are the same, bytes and identifiers. Two
 * things are not so, and wait for a durable checkpoint: sources that are edited in place by an edit
 * that would change its own result again (their files are noted before), and the removal of
 * sources.
 */
final class EditingRun implements JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(EditingRun.class);

  /** Sources that are looked up, edited in place, or removed together. */
  private static final int TOGETHER = 32;

  private final Modification.Surroundings around;
  private final Assignment assignment;
  private final List<ResourceId> sources;
  private final Workshop workshop;
  private final IngestSequence sequence;
  private final Tally tally;

  /** Sources before this one were made by an earlier run: what came of them is not known yet. */
  private final int inherited;

  private final Deque<Source> known = new ArrayDeque<>();
  private final Deque<Source> underway = new ArrayDeque<>();
  private final IntUnaryOperator occurrences;
  private int looked;
  private int begun;
  private int recalled;
  private long bytes;
  private @Nullable Boolean guarded;
  private @Nullable ModificationException failure;

  EditingRun(Modification.Surroundings around, Assignment assignment, JsonValue checkpoint) {
    this.around = around;
    this.assignment = assignment;
    this.sources = assignment.sources();
    this.tally = Tally.of(checkpoint);
    this.workshop = new Workshop(around, assignment);
    this.sequence =
        new IngestSequence(
            around.ingest(), assignment.origin(), around.rules().window(), new Answers());
    this.occurrences = occurrences(sources);
    this.inherited = tally.done;
    this.looked = tally.done;
    this.begun = tally.done;
  }

  /** How often the source at an index was named before. */
  private static IntUnaryOperator occurrences(List<ResourceId> sources) {
    if (Set.copyOf(sources).size() == sources.size()) {
      return index -> 0;
    }
    Map<ResourceId, Integer> named = new HashMap<>();
    int[] before = new int[sources.size()];
    for (int i = 0; i < before.length; i++) {
      before[i] = named.merge(sources.get(i), 1, Integer::sum) - 1;
    }
    return index -> before[index];
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    if (tally.removed >= 0) {
      return removeNext();
    }
    if (tally.done < sources.size()) {
      return makeNext();
    }
    if (assignment.telling().listsAll() && recalled < inherited) {
      recall();
      return Step.MORE;
    }
    tally.complete = true;
    if (assignment.options().keepSource()) {
      return Step.DONE;
    }
    tally.removed = 0;
    return Step.SECURED;
  }

  private Step makeNext() throws IOException, InterruptedException {
    int end = sources.size();
    if (isGuarded()) {
      if (tally.before.isEmpty()) {
        tally.before = files(tally.done);
        return Step.SECURED;
      }
      end = tally.done - tally.done % TOGETHER + tally.before.size();
      if (sequence.size() == 0 && skipEdited(end)) {
        return Step.MORE;
      }
    }
    fill(end);
    sequence.next();
    if (failure != null) {
      throw failure;
    }
    if (tally.done == end) {
      tally.before = List.of();
    }
    return Step.MORE;
  }

  /** Whether sources are overwritten by an edit that must not be applied twice. */
  private boolean isGuarded() throws IOException {
    if (guarded == null) {
      ResourceId source = sources.get(tally.done);
      guarded =
          !tally.before.isEmpty()
              || !assignment.repeatable()
                  && workshop
                      .target(source, 0)
                      .map(target -> target.instance().equals(source))
                      .orElse(false);
    }
    return guarded;
  }

  private List<UUID> files(int from) {
    int to = Math.min(sources.size(), from - from % TOGETHER + TOGETHER);
    return around
        .index()
        .read(reader ->
            sources.subList(from - from % TOGETHER, to).stream()
                .map(id -> reader.attachment(Level.INSTANCE, id, Attachment.DICOM))
                .map(file -> file.map(Attachment::uuid).orElse(new UUID(0, 0)))
                .toList());
  }

  /** Passes by the sources that have another file than before: an earlier run has edited them. */
  private boolean skipEdited(int end) {
    int from = tally.done;
    List<UUID> now = files(from);
    int base = from - from % TOGETHER;
    while (tally.done < end
        && !now.get(tally.done - base).equals(tally.before.get(tally.done - base))) {
      around
          .index()
          .read(reader -> reader.lineage(sources.get(tally.done)))
          .ifPresent(lineage -> tally.made(lineage, assignment.telling().listsAll()));
      tally.done++;
    }
    if (tally.done > from) {
      known.clear();
      looked = tally.done;
      begun = tally.done;
    }
    if (tally.done == end) {
      tally.before = List.of();
    }
    return tally.done > from;
  }

  private void fill(int end) {
    while (begun < end && sequence.size() < around.rules().window()) {
      if (known.isEmpty()) {
        lookUp();
      }
      Source next = known.getFirst();
      if (sequence.size() > 0 && bytes + next.size() > around.rules().windowBytes()) {
        return;
      }
      known.removeFirst();
      underway.add(next);
      bytes += next.size();
      int occurrence = occurrences.applyAsInt(begun);
      begun++;
      sequence.add(() -> workshop.make(next, occurrence));
    }
  }

  private void lookUp() {
    int to = Math.min(sources.size(), looked + TOGETHER);
    boolean labels = assignment.options().keepLabels();
    known.addAll(
        around
            .index()
            .read(reader ->
                sources.subList(looked, to).stream()
                    .map(id -> Source.find(reader, id, labels).orElseGet(() -> Source.missing(id)))
                    .toList()));
    looked = to;
  }

  /** What becomes of the files that are made. */
  private final class Answers implements IngestSequence.Sink {
    @Override
    public void taken(IngestOutcome outcome) {
      Source source = answered();
      switch (outcome) {
        case IngestOutcome.Stored(Lineage made, _) -> stored(made);
        case IngestOutcome.AlreadyStored(Lineage made) -> {
          if (isSame(source, made)) {
            stored(made);
          } else {
            failed(
                new ModificationException(
                    Problem.NOT_TAKEN,
                    "There is another instance with this identifier already, and it may not be"
                        + " overwritten: "
                        + made.instance()));
          }
        }
        case IngestOutcome.FilteredOut(Lineage made) ->
            failed(
                new ModificationException(
                    Problem.NOT_TAKEN, "A filter refuses the new instance: " + made.instance()));
      }
    }

    /** Whether what was to be stored is there: an earlier run did it, or nothing has changed. */
    private boolean isSame(Source source, Lineage made) {
      return around.rules().overwrite() == Overwrite.IF_CHANGED
          || around
              .index()
              .read(reader ->
                  SourceRemoval.isMade(reader, source.id(), made.instance(), assignment.trace()));
    }

    private Source answered() {
      Source source = underway.removeFirst();
      bytes -= source.size();
      return source;
    }

    private void stored(Lineage made) {
      workshop.settle(made);
      tally.made(made, assignment.telling().listsAll());
      tally.done++;
    }

    @Override
    public void refused(IngestException e) {
      answered();
      failed(new ModificationException(Problem.NOT_TAKEN, String.valueOf(e.getMessage()), e));
    }

    @Override
    public void unmade(Exception e) {
      Source source = answered();
      failed(new ModificationException(Problem.UNMADE, "instance " + source.id(), e));
    }

    private void failed(ModificationException e) {
      if (!assignment.options().permissive()) {
        failure = e;
        return;
      }
      LOG.info("Left out: {}", e.toString());
      tally.failed++;
      tally.done++;
    }
  }

  /** Looks what came of the next few sources of an earlier run. */
  private void recall() throws IOException {
    int to = Math.min(inherited, recalled + TOGETHER);
    for (ResourceId source : sources.subList(recalled, to)) {
      Optional<Lineage> target = workshop.target(source, 0);
      if (target.isPresent()) {
        Lineage made = target.get();
        boolean there =
            around
                .index()
                .read(reader ->
                    SourceRemoval.isMade(reader, source, made.instance(), assignment.trace()));
        if (there) {
          tally.made(made, true);
        }
      }
    }
    recalled = to;
  }

  private Step removeNext() {
    int to = Math.min(sources.size(), tally.removed + TOGETHER);
    new SourceRemoval(around.index(), workshop, assignment.trace())
        .remove(sources.subList(tally.removed, to));
    tally.removed = to;
    return to == sources.size() ? Step.DONE : Step.MORE;
  }

  @Override
  public JsonValue checkpoint() {
    return tally.json();
  }

  @Override
  public double progress() {
    int all = sources.size() + (assignment.options().keepSource() ? 1 : 2);
    return (double) (tally.done + (tally.removed >= 0 ? 1 : 0)) / all;
  }

  @Override
  public JsonValue.Members content() {
    Map<String, JsonValue> content = new TreeMap<>();
    content.put("Description", new JsonValue.Text("REST API"));
    content.put("FailedInstancesCount", new JsonValue.Whole(tally.failed));
    content.put("InstancesCount", new JsonValue.Whole(sources.size()));
    content.putAll(assignment.telling().content(tally).members());
    return JsonValue.object(content);
  }

  @Override
  public void close() {
    workshop.abandon();
    sequence.close();
  }
}
