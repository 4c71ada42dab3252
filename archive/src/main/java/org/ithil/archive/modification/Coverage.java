package org.ithil.archive.modification;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ithil.archive.editing.Covered;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.jspecify.annotations.Nullable;

/**
 * The UIDs of what a job edits. It is made when the job is submitted, and stays the same whatever
 * is stored or deleted afterwards. UIDs of instances need not be kept: identifiers are hashes, so
 * that those which an instance of this UID would have can be looked for.
 */
final class Coverage implements Covered {
  private final List<Line> series;
  private final Set<ResourceId> instances;
  private final Set<String> studies = new HashSet<>();
  private final Set<String> seriesUids = new HashSet<>();

  /** The identifiers of a series, as texts. */
  private record Line(String patient, String study, String series) {
    JsonValue json() {
      return new JsonValue.Items(
          List.of(
              new JsonValue.Text(patient), new JsonValue.Text(study), new JsonValue.Text(series)));
    }

    static Line of(JsonValue json) {
      List<JsonValue> parts = ((JsonValue.Items) json).items();
      return new Line(text(parts.get(0)), text(parts.get(1)), text(parts.get(2)));
    }

    private static String text(JsonValue json) {
      return ((JsonValue.Text) json).text();
    }
  }

  private Coverage(List<Line> series, Set<ResourceId> instances) {
    this.series = series;
    this.instances = instances;
    for (Line line : series) {
      studies.add(line.study);
      seriesUids.add(line.series);
    }
  }

  /** What a job keeps of the series of its instances. */
  static JsonValue seed(IndexReader reader, Iterable<ResourceId> instances) {
    Map<ResourceId, JsonValue> lines = new TreeMap<>();
    for (ResourceId instance : instances) {
      reader
          .ancestor(Level.INSTANCE, instance, Level.SERIES)
          .ifPresent(id -> lines.computeIfAbsent(id, unseen -> line(reader, unseen).json()));
    }
    return new JsonValue.Items(List.copyOf(lines.values()));
  }

  private static Line line(IndexReader reader, ResourceId series) {
    return new Line(
        uid(reader, series, Level.PATIENT, Tag.PatientID),
        uid(reader, series, Level.STUDY, Tag.StudyInstanceUID),
        uid(reader, series, Level.SERIES, Tag.SeriesInstanceUID));
  }

  private static String uid(IndexReader reader, ResourceId series, Level level, int tag) {
    ResourceId id =
        level == Level.SERIES ? series : reader.ancestor(Level.SERIES, series, level).orElseThrow();
    return reader.mainTags(level, id).map(tags -> tags.get(tag)).orElse("");
  }

  /** What {@link #seed} has written. */
  static Coverage of(JsonValue seed, List<ResourceId> instances) {
    List<Line> series = new ArrayList<>();
    ((JsonValue.Items) seed).items().forEach(item -> series.add(Line.of(item)));
    return new Coverage(series, Set.copyOf(instances));
  }

  @Override
  public @Nullable Level level(String uid) {
    if (studies.contains(uid)) {
      return Level.STUDY;
    }
    if (seriesUids.contains(uid)) {
      return Level.SERIES;
    }
    for (Line line : series) {
      ResourceId id = ResourceId.ofInstance(line.patient, line.study, line.series, uid);
      if (instances.contains(id)) {
        return Level.INSTANCE;
      }
    }
    return null;
  }
}
