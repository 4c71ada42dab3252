package org.ithil.archive.modification;

import java.util.List;
import java.util.function.Supplier;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.index.Index;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.MainTags;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.dictionary.Dictionary;

/**
 * Makes new instances of those of whole resources, by jobs. What a job does is settled when it is
 * submitted (which instances, by which key new identifiers are made), so that doing it twice gives
 * the same. Memory does not grow with the size of instances, and by some hundred bytes with each.
 * Safe for concurrent use.
 */
public final class Modification {
  private final ModificationType modification;
  private final SplitType split;
  private final MergeType merge;

  /**
   * What it uses and does not own.
   *
   * @param keys secret keys, 16 bytes or more, each time another one
   */
  public record Surroundings(
      Index index,
      Retrieval retrieval,
      Ingest ingest,
      Spool spool,
      Editing editing,
      Transcoder transcoder,
      ModificationRules rules,
      MainTags mainTags,
      Dictionary dictionary,
      DefaultCharacterSet encoding,
      Supplier<byte[]> keys) {}

  public Modification(Surroundings around) {
    modification = new ModificationType(around);
    split = new SplitType(around);
    merge = new MergeType(around);
  }

  /** The types of its jobs. */
  public List<JobType> jobTypes() {
    return List.of(modification, split, merge);
  }

  /**
   * What a job that modifies or anonymizes begins with.
   *
   * @throws ModificationException if the request makes no sense
   * @throws org.ithil.dicom.edit.EditException likewise
   */
  public JsonValue.Members seed(ResourceModification wanted) {
    return modification.seed(wanted);
  }

  /**
   * What a job that splits a study begins with.
   *
   * @throws ModificationException if the request makes no sense
   * @throws org.ithil.dicom.edit.EditException likewise
   */
  public JsonValue.Members seed(StudySplit wanted) {
    return split.seed(wanted);
  }

  /**
   * What a job that merges into a study begins with.
   *
   * @throws ModificationException if the request makes no sense
   */
  public JsonValue.Members seed(StudyMerge wanted) {
    return merge.seed(wanted);
  }
}
