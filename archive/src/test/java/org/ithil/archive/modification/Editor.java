package org.ithil.archive.modification;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.ithil.archive.OpenArchive;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobRun.Step;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ResourceModification.Choices;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.text.DefaultEncoding;

/** Runs jobs of modification on an archive, step by step. */
final class Editor {
  static final Choices KEEPING = Choices.of(true, false);
  static final Choices MOVING = Choices.of(false, false);

  private static final Origin.Http CLIENT = new Origin.Http("10.0.0.1", "me");

  final Modification modification;

  Editor(OpenArchive open) {
    DefaultCharacterSet encoding = new DefaultCharacterSet(DefaultEncoding.LATIN1);
    Random random = new Random(1);
    modification =
        new Modification(
            new Modification.Surroundings(
                open.archive.index(),
                open.archive.retrieval(),
                open.archive.ingest(),
                open.archive.spool(),
                new Editing(Dictionary.standard(), encoding),
                Transcoder.NONE,
                ModificationRules.of(2, open.archive.configuration().ingest().overwrite()),
                open.archive.configuration().ingest().mainTags(),
                Dictionary.standard(),
                encoding,
                () -> {
                  byte[] key = new byte[32];
                  random.nextBytes(key);
                  return key;
                }));
  }

  static JsonValue.Members json(String text) {
    try {
      return (JsonValue.Members)
          new JsonReader(1 << 20)
              .read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Choices withLabels() {
    return new Choices(true, true, false, Optional.empty(), OptionalInt.empty());
  }

  JsonValue.Members modify(Level level, ResourceId id, String request, Choices choices) {
    return seed(false, level, id, request, choices);
  }

  JsonValue.Members anonymize(Level level, ResourceId id, String request, Choices choices) {
    return seed(true, level, id, request, choices);
  }

  JsonValue.Members bulk(Level level, ResourceId id, String request) {
    TreeMap<ResourceId, Level> resources = new TreeMap<>();
    resources.put(id, level);
    return modification.seed(
        new ResourceModification(
            false, true, Level.INSTANCE, resources, json(request), CLIENT, KEEPING));
  }

  private JsonValue.Members seed(
      boolean anonymization, Level level, ResourceId id, String request, Choices choices) {
    TreeMap<ResourceId, Level> resources = new TreeMap<>();
    resources.put(id, level);
    return modification.seed(
        new ResourceModification(
            anonymization, false, level, resources, json(request), CLIENT, choices));
  }

  JsonValue.Members split(ResourceId study, List<ResourceId> series, String request) {
    JsonValue.Members fields = json(request);
    return modification.seed(
        new StudySplit(
            study.toString(),
            series.stream().map(ResourceId::toString).toList(),
            List.of(),
            fields.members().getOrDefault("Replace", new JsonValue.Null()),
            fields.members().getOrDefault("Remove", new JsonValue.Null()),
            CLIENT,
            MOVING));
  }

  JsonValue.Members merge(ResourceId study, ResourceId resource) {
    return modification.seed(
        new StudyMerge(study.toString(), List.of(resource.toString()), CLIENT, MOVING));
  }

  JobRun open(String type, JsonValue.Members seed, JsonValue checkpoint) throws IOException {
    for (JobType each : modification.jobTypes()) {
      if (each.name().equals(type)) {
        return each.open(seed, checkpoint);
      }
    }
    throw new IllegalArgumentException(type);
  }

  /** Runs a job to its end; gives its last content. */
  JsonValue.Members run(String type, JsonValue.Members seed)
      throws IOException, InterruptedException {
    try (JobRun run = open(type, seed, new JsonValue.Null())) {
      finish(run);
      return run.content();
    }
  }

  static void finish(JobRun run) throws IOException, InterruptedException {
    while (!(run.step() instanceof Step.Done)) {
      // it goes on
    }
  }
}
