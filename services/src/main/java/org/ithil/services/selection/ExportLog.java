package org.ithil.services.selection;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;

/** Notes in the index what was sent to whom. */
public final class ExportLog {
  private static final Map<Level, Integer> IDENTIFIERS =
      Map.of(
          Level.PATIENT, Tag.PatientID,
          Level.STUDY, Tag.StudyInstanceUID,
          Level.SERIES, Tag.SeriesInstanceUID,
          Level.INSTANCE, Tag.SOPInstanceUID);

  private final Index index;
  private final Clock clock;

  public ExportLog(Index index, Clock clock) {
    this.index = index;
    this.clock = clock;
  }

  /**
   * Adds one entry for each resource; unknown ones are left out.
   *
   * @param remote the symbolic name of the receiver
   */
  public void add(String remote, List<ResourceId> resources) {
    Instant now = clock.instant();
    index.write(writer -> {
      for (ResourceId id : resources) {
        writer
            .level(id)
            .ifPresent(
                level -> writer.logExport(remote, level, id, identifiers(writer, level, id), now));
      }
      return true;
    });
  }

  private static Map<Integer, String> identifiers(IndexReader reader, Level level, ResourceId id) {
    Map<Integer, String> identifiers = new TreeMap<>();
    for (Level at = level; ; at = at.parent().orElseThrow()) {
      Optional<ResourceId> here = at == level ? Optional.of(id) : reader.ancestor(level, id, at);
      Level place = at;
      int tag = Objects.requireNonNull(IDENTIFIERS.get(at));
      here.flatMap(resource -> reader.resource(place, resource))
          .map(resource -> resource.mainTags().getOrDefault(tag, ""))
          .ifPresent(text -> identifiers.put(tag, text));
      if (at.parent().isEmpty()) {
        return identifiers;
      }
    }
  }
}
