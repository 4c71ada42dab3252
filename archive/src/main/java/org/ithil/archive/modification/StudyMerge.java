package org.ithil.archive.modification;

import java.util.List;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.modification.ResourceModification.Choices;

/**
 * A merge: studies, series and instances that shall belong to a study.
 *
 * @param study as it was named
 * @param resources those named
 * @param origin who wants it
 * @param choices besides
 */
public record StudyMerge(
    String study, List<String> resources, Origin.Http origin, Choices choices) {
  /** The type of its jobs. */
  public static final String TYPE = "MergeStudy";

  public StudyMerge {
    resources = List.copyOf(resources);
  }
}
