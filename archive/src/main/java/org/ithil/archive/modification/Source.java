package org.ithil.archive.modification;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;

/**
 * An instance to be edited, as the index knows it.
 *
 * @param file its DICOM file; empty if there is none
 * @param labels of its parents, if they are wanted
 */
record Source(Lineage lineage, Optional<Attachment> file, Map<Level, Set<String>> labels) {
  static final List<Level> PARENTS = List.of(Level.PATIENT, Level.STUDY, Level.SERIES);

  /** Empty if the instance is unknown. */
  static Optional<Source> find(IndexReader reader, ResourceId instance, boolean withLabels) {
    return reader
        .lineage(instance)
        .map(lineage -> {
          Map<Level, Set<String>> labels = new EnumMap<>(Level.class);
          if (withLabels) {
            for (Level level : PARENTS) {
              Set<String> some = reader.labels(level, lineage.at(level));
              if (!some.isEmpty()) {
                labels.put(level, some);
              }
            }
          }
          return new Source(
              lineage, reader.attachment(Level.INSTANCE, instance, Attachment.DICOM), labels);
        });
  }

  /** One that is unknown: that is found when it is to be edited. */
  static Source missing(ResourceId id) {
    return new Source(new Lineage(id, id, id, id), Optional.empty(), Map.of());
  }

  ResourceId id() {
    return lineage.instance();
  }

  /** Bytes of its file, uncompressed. */
  long size() {
    return file.map(Attachment::size).orElse(0L);
  }
}
