package org.ithil.archive.modification;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.edit.Edit;

/**
 * What a job has to do, whatever its type.
 *
 * @param sources instances to be edited, in order
 * @param edits makes the edits, once; the first is for instances that are named for the first time,
 *     the next for those that are named once more, which makes another new instance
 * @param origin where the new instances come from
 * @param trace number of the metadata that names the source, if there is one
 * @param study in which all new instances have to be, if one is given
 * @param repeatable whether to edit once more what was edited changes nothing, so that an instance
 *     overwritten in place may be edited again
 * @param options what clients chose
 * @param telling what clients see
 */
record Assignment(
    List<ResourceId> sources,
    Supplier<IntFunction<Edit>> edits,
    Origin origin,
    OptionalInt trace,
    Optional<ResourceId> study,
    boolean repeatable,
    Options options,
    Telling telling) {
  /**
   * What clients chose.
   *
   * @param keepSource whether sources stay
   * @param keepLabels whether labels of parents go to the new parents
   * @param permissive whether the rest is edited when an instance fails
   * @param rewritesParents whether parents get the main tags of the new instances
   * @param transcode UID of the transfer syntax that is wanted
   * @param lossyQuality for lossy ones
   */
  record Options(
      boolean keepSource,
      boolean keepLabels,
      boolean permissive,
      boolean rewritesParents,
      Optional<String> transcode,
      OptionalInt lossyQuality) {}

  /** What clients see of a job. */
  interface Telling {
    /** The content, besides the number of failures. */
    JsonValue.Members content(Tally tally);

    /** Whether it lists all new resources. */
    default boolean listsAll() {
      return false;
    }
  }
}
