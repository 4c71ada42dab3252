package org.ithil.archive.ingest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.index.NewInstance;
import org.ithil.archive.ingest.Ingest.Inheritance;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;

/** Writes what an instance that was made of others brings with it. */
final class Heritage {
  private static final List<Level> PARENTS = List.of(Level.PATIENT, Level.STUDY, Level.SERIES);

  private Heritage() {}

  /** The metadata of an instance and its parents, for those that are new. */
  static Map<Level, Map<Integer, String>> together(
      Map<Level, Map<Integer, String>> own, Inheritance inheritance) {
    if (inheritance.metadata().isEmpty()) {
      return own;
    }
    Map<Level, Map<Integer, String>> all = new EnumMap<>(Level.class);
    for (Level level : Level.values()) {
      Map<Integer, String> values = new TreeMap<>(own.getOrDefault(level, Map.of()));
      values.putAll(inheritance.metadata().getOrDefault(level, Map.of()));
      all.put(level, values);
    }
    return all;
  }

  /**
   * Writes all else, when the instance was added.
   *
   * @param created parents that are new
   */
  static void write(
      IndexWriter writer, NewInstance instance, Inheritance inheritance, Set<Level> created) {
    Lineage lineage = instance.lineage();
    for (Level level : PARENTS) {
      if (!created.contains(level)) {
        inheritance
            .metadata()
            .getOrDefault(level, Map.of())
            .forEach((number, text) -> writer.putMetadata(level, lineage.at(level), number, text));
      }
    }
    inheritance
        .labels()
        .forEach((level, labels) ->
            labels.forEach(label -> writer.addLabel(level, lineage.at(level), label)));
    if (inheritance.rewritesParents()) {
      rewriteParents(writer, instance, created);
    }
  }

  private static void rewriteParents(IndexWriter writer, NewInstance instance, Set<Level> created) {
    Lineage lineage = instance.lineage();
    for (Level level : PARENTS) {
      if (!created.contains(level)) {
        Map<Integer, String> tags = instance.mainTags().getOrDefault(level, Map.of());
        String signature = instance.signatures().getOrDefault(level, "");
        writer.setMainTags(level, lineage.at(level), tags, signature);
        if (level == Level.PATIENT && !created.contains(Level.STUDY)) {
          writer.setPatientTags(lineage.study(), tags);
        }
      }
    }
  }
}
