package org.ithil.services.selection;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Tag;
import org.jspecify.annotations.Nullable;

/** Writes down what was asked to be sent, and where to: what {@code /exports} shows. */
public final class ExportLog {
  private static final Map<Level, Integer> IDENTIFIERS =
      Map.of(
          Level.PATIENT, Tag.PatientID,
          Level.STUDY, Tag.StudyInstanceUID,
          Level.SERIES, Tag.SeriesInstanceUID,
          Level.INSTANCE, Tag.SOPInstanceUID);

  private final Index index;
  private final boolean enabled;
  private final InstantSource clock;

  /**
   * A log.
   *
   * @param enabled whether anything is written (key {@code LogExportedResources})
   */
  public ExportLog(Index index, boolean enabled, InstantSource clock) {
    this.index = index;
    this.enabled = enabled;
    this.clock = clock;
  }

  /**
   * Finds the resources that a client named, and logs that they are to be sent.
   *
   * @param remote the name of the modality or peer
   * @throws SelectionException for the first that is no resource; those before it are logged, as
   *     the reference does
   */
  public Selection select(String remote, List<String> ids) {
    Found found = index.read(reader -> find(reader, ids));
    if (enabled && !found.logged().isEmpty()) {
      index.write(writer -> {
        for (Resource resource : found.logged()) {
          writer.logExport(
              remote,
              resource.level(),
              resource.id(),
              identifiers(writer, resource),
              clock.instant());
        }
        return true;
      });
    }
    if (found.problem() != null) {
      throw found.problem();
    }
    return found.selection();
  }

  private record Found(
      Selection selection,
      List<Resource> logged,
      @Nullable SelectionException problem) {}

  private Found find(IndexReader reader, List<String> ids) {
    Selection selection;
    try {
      selection = Selection.of(reader, ids);
    } catch (SelectionException e) {
      Selection before = Selection.of(reader, ids.subList(0, ids.indexOf(e.named())));
      return new Found(before, whole(reader, before), e);
    }
    return new Found(selection, whole(reader, selection), null);
  }

  private List<Resource> whole(IndexReader reader, Selection selection) {
    return enabled
        ? selection.resources().stream()
            .flatMap(named -> reader.resource(named.level(), named.id()).stream())
            .toList()
        : List.of();
  }

  /** Those of the resource and of its parents, by tag. */
  private static Map<Integer, String> identifiers(IndexReader reader, Resource resource) {
    Map<Integer, String> identifiers = new HashMap<>();
    for (Level level : Level.values()) {
      Optional<Resource> at =
          level == resource.level()
              ? Optional.of(resource)
              : level.isAbove(resource.level())
                  ? reader
                      .ancestor(resource.level(), resource.id(), level)
                      .flatMap((ResourceId id) -> reader.resource(level, id))
                  : Optional.empty();
      int tag = IDENTIFIERS.get(level);
      at.map(found -> found.mainTags().get(tag)).ifPresent(text -> identifiers.put(tag, text));
    }
    return identifiers;
  }
}
