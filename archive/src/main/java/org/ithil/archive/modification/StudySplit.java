package org.ithil.archive.modification;

import java.util.List;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.ResourceModification.Choices;

/**
 * A split: series and instances of a study that shall be a study of their own.
 *
 * @param study as it was named
 * @param series those named
 * @param instances those named
 * @param replace tags of patient and study that the new one gets, with texts
 * @param remove tags of patient and study that it shall not have
 * @param origin who wants it
 * @param choices besides
 */
public record StudySplit(
    String study,
    List<String> series,
    List<String> instances,
    JsonValue replace,
    JsonValue remove,
    Origin.Http origin,
    Choices choices) {
  /** The type of its jobs. */
  public static final String TYPE = "SplitStudy";

  public StudySplit {
    series = List.copyOf(series);
    instances = List.copyOf(instances);
  }
}
