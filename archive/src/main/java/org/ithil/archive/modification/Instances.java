package org.ithil.archive.modification;

import java.util.Collection;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/** Which instances are meant by resources. */
final class Instances {
  private Instances() {}

  /** Adds the instances of a resource, series by series. */
  static void below(IndexReader reader, Level level, ResourceId id, Collection<ResourceId> into) {
    switch (level) {
      case INSTANCE -> into.add(id);
      case SERIES -> into.addAll(reader.descendants(level, id, Level.INSTANCE));
      case STUDY, PATIENT ->
          reader
              .descendants(level, id, Level.SERIES)
              .forEach(series -> below(reader, Level.SERIES, series, into));
    }
  }
}
