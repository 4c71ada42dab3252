package org.ithil.archive.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;
import org.ithil.dicom.dictionary.Tag;

/**
 * Which series go into an archive, and where: the part of a request that is small. What is inside
 * of a series is looked up when its turn comes.
 *
 * @param series in the order of packing
 * @param instances how many there are now
 * @param bytes of their files
 */
record Plan(List<Part> series, long instances, long bytes) {
  /**
   * A series.
   *
   * @param folder its path, with a slash at the end; empty for none
   * @param modality its text
   * @param only if not all instances are wanted
   */
  record Part(
      String folder,
      String modality,
      ResourceId patient,
      ResourceId study,
      ResourceId series,
      Optional<Set<ResourceId>> only) {}

  private static final class Tree
      extends TreeMap<ResourceId, SortedMap<ResourceId, SortedMap<ResourceId, Wanted>>> {
    private static final long serialVersionUID = 1;
  }

  /** What is wanted of a series: some instances, or all. */
  private static final class Wanted {
    boolean all;
    final Set<ResourceId> some = new TreeSet<>();
  }

  /** The plan for a request; resources that are gone are left out. */
  static Plan of(IndexReader reader, PackingRequest request) {
    Tree tree = new Tree();
    for (ResourceId id : request.resources()) {
      reader.level(id).ifPresent(level -> add(reader, tree, level, id));
    }
    return new Planning(reader, request).plan(tree);
  }

  private static void add(IndexReader reader, Tree tree, Level level, ResourceId id) {
    if (level == Level.INSTANCE) {
      reader
          .ancestor(level, id, Level.SERIES)
          .ifPresent(series -> wanted(reader, tree, series).some.add(id));
    } else if (level == Level.SERIES) {
      wanted(reader, tree, id).all = true;
    } else {
      for (ResourceId series : reader.descendants(level, id, Level.SERIES)) {
        wanted(reader, tree, series).all = true;
      }
    }
  }

  private static Wanted wanted(IndexReader reader, Tree tree, ResourceId series) {
    ResourceId study = reader.ancestor(Level.SERIES, series, Level.STUDY).orElseThrow();
    ResourceId patient = reader.ancestor(Level.SERIES, series, Level.PATIENT).orElseThrow();
    return tree.computeIfAbsent(patient, _ -> new TreeMap<>())
        .computeIfAbsent(study, _ -> new TreeMap<>())
        .computeIfAbsent(series, _ -> new Wanted());
  }

  /** Names folders and counts. */
  private static final class Planning {
    private final IndexReader reader;
    private final FolderNames names;
    private final boolean media;
    private final boolean bare;
    private final List<Part> parts = new ArrayList<>();
    private final FolderNames.Taken bareNames = new FolderNames.Taken();
    private long instances;
    private long bytes;

    Planning(IndexReader reader, PackingRequest request) {
      this.reader = reader;
      this.names = new FolderNames(request.utf8());
      this.media = request.media();
      this.bare = request.bare();
    }

    Plan plan(Tree tree) {
      FolderNames.Taken patients = new FolderNames.Taken();
      tree.forEach((patient, studies) -> {
        String folder = patients.unique(names.patient(tags(Level.PATIENT, patient)));
        FolderNames.Taken inPatient = new FolderNames.Taken();
        studies.forEach((study, series) -> {
          String below = inPatient.unique(names.study(tags(Level.STUDY, study)));
          FolderNames.Taken inStudy = bare ? bareNames : new FolderNames.Taken();
          series.forEach((id, wanted) -> {
            Map<Integer, String> tags = tags(Level.SERIES, id);
            String name = inStudy.unique(names.series(tags));
            parts.add(
                new Part(
                    media ? "" : bare ? path(name) : path(folder, below, name),
                    tags.getOrDefault(Tag.Modality, ""),
                    patient,
                    study,
                    id,
                    wanted.all ? Optional.empty() : Optional.of(wanted.some)));
            count(id, wanted);
          });
        });
      });
      return new Plan(List.copyOf(parts), instances, bytes);
    }

    private Map<Integer, String> tags(Level level, ResourceId id) {
      return reader.mainTags(level, id).orElse(Map.of());
    }

    private static String path(String... folders) {
      StringBuilder path = new StringBuilder();
      for (String folder : folders) {
        if (!folder.isEmpty()) {
          path.append(folder).append('/');
        }
      }
      return path.toString();
    }

    private void count(ResourceId series, Wanted wanted) {
      if (wanted.all) {
        reader.statistics(Level.SERIES, series).ifPresent(this::count);
      } else {
        wanted.some.forEach(id -> reader.statistics(Level.INSTANCE, id).ifPresent(this::count));
      }
    }

    private void count(Statistics statistics) {
      instances += statistics.instances();
      bytes += statistics.dicomUncompressedSize();
    }
  }
}
