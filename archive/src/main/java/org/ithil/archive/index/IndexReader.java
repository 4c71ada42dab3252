package org.ithil.archive.index;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.ithil.archive.change.ChangePage;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.export.ExportPage;
import org.ithil.archive.job.JobReader;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.statistics.Statistics;

/** One snapshot of the index. Valid only inside of the function that got it, in one thread. */
public interface IndexReader {
  /** Identifiers of a level, ascending. */
  List<ResourceId> ids(Level level, Page page);

  /** Resources of a level, by identifier ascending. */
  List<Resource> resources(Level level, Page page);

  /** A resource; empty if there is none at this level. */
  Optional<Resource> resource(Level level, ResourceId id);

  boolean exists(Level level, ResourceId id);

  /**
   * The main tags of a resource, and nothing else of it: costs the same however much is below it.
   * Empty if there is none at this level.
   */
  Optional<Map<Integer, String>> mainTags(Level level, ResourceId id);

  /** The level that an identifier belongs to; empty if unknown. */
  Optional<Level> level(ResourceId id);

  /**
   * Identifiers of resources of a lower level that belong to a resource, ascending; none if it is
   * unknown.
   */
  List<ResourceId> descendants(Level level, ResourceId id, Level lower, Page page);

  /** As above, all of them: for lists that are known to be short, or held whole anyway. */
  default List<ResourceId> descendants(Level level, ResourceId id, Level lower) {
    return descendants(level, id, lower, Page.ALL);
  }

  /**
   * The first child of the first child and so on, by identifier, down to a lower level. Costs the
   * same however many studies and series there are; of one series all instances are looked at.
   * Empty if the resource is unknown.
   */
  Optional<ResourceId> firstDescendant(Level level, ResourceId id, Level lower);

  /**
   * What an instance brought with it, or the first instance of another resource.
   *
   * @param id the resource
   * @param mainTags as in {@link Resource}
   * @param metadata values by number, those that were set later or are computed left out
   */
  record Origins(ResourceId id, Map<Integer, String> mainTags, Map<Integer, String> metadata) {}

  /**
   * Visits the resources of a lower level that belong to a resource, in any order; none if it is
   * unknown. However many there are, only one is in memory.
   *
   * @param visitor may not use this reader
   */
  void forEachDescendant(Level level, ResourceId id, Level lower, Consumer<Origins> visitor);

  /**
   * A resource with its number.
   *
   * @param number grows in the order in which resources came, of all levels
   */
  record Numbered(ResourceId id, long number) {}

  /**
   * The children of a resource, or all patients, in the order in which they came.
   *
   * @param level of the children
   * @param parent whose children; empty for patients; none if it is unknown
   * @param after only those with a greater number
   */
  List<Numbered> arrivals(Level level, Optional<ResourceId> parent, long after, int limit);

  /** The resource of a higher level that a resource belongs to; empty if it is unknown. */
  Optional<ResourceId> ancestor(Level level, ResourceId id, Level higher);

  /**
   * A DICOM file of a series.
   *
   * @param number Instance Number, as the file has it
   * @param transferSyntax UID, if known
   * @param size bytes when uncompressed
   */
  record SeriesFile(
      ResourceId instance, Optional<String> number, Optional<String> transferSyntax, long size) {}

  /** The DICOM files of all instances of a series, in no order; none if it is unknown. */
  List<SeriesFile> seriesFiles(ResourceId series);

  /** An instance with its parents; empty if it is unknown. */
  Optional<Lineage> lineage(ResourceId instance);

  /** Number of resources of a level; needs no scan. */
  long count(Level level);

  /** Of the whole archive; needs no scan. */
  Statistics statistics();

  /** Of one resource: it counts as 1, those above it as 0; empty if it is unknown. */
  Optional<Statistics> statistics(Level level, ResourceId id);

  /** All metadata of a resource by number, and nothing else of it; empty if it is unknown. */
  Optional<SortedMap<Integer, Metadata.Entry>> metadata(Level level, ResourceId id);

  /** One value; empty if the resource or the value is unknown. */
  Optional<Metadata.Entry> metadata(Level level, ResourceId id, int number);

  /** All attachments of a resource, by content type; none if it is unknown. */
  List<Attachment> attachments(Level level, ResourceId id);

  /** One attachment; empty if the resource or the attachment is unknown. */
  Optional<Attachment> attachment(Level level, ResourceId id, int contentType);

  /** Labels of a resource; none if it is unknown. */
  SortedSet<String> labels(Level level, ResourceId id);

  /** All labels that any resource has. */
  SortedSet<String> labels();

  ChangePage changes(ChangeQuery query);

  /** The last change in the log, alone; an empty answer if the log is empty. */
  ChangePage lastChange();

  ExportPage exports(long since, int limit);

  /** The last export in the log, alone. */
  ExportPage lastExport();

  /** Whether a patient is protected; empty if it is unknown. */
  Optional<Boolean> isProtected(ResourceId patient);

  /** A setting of the server that is kept over restarts. */
  Optional<String> setting(String name);

  /**
   * Blobs that no attachment names any more and that are to be removed, in a fixed order.
   *
   * @param after the last one seen; empty to begin
   */
  List<UUID> removals(Optional<UUID> after, int limit);

  /**
   * A blob that an attachment names.
   *
   * @param owner a number of the resource, for {@link #namedBlobs} only
   * @param contentType of the attachment
   * @param blob its name
   * @param storedSize bytes that it should have
   * @param storedMd5 of these bytes, if it was stored
   */
  record NamedBlob(
      long owner, int contentType, UUID blob, long storedSize, Optional<String> storedMd5) {}

  /**
   * Blobs that attachments name, in a fixed order.
   *
   * @param after the last one seen; empty to begin
   */
  List<NamedBlob> namedBlobs(Optional<NamedBlob> after, int limit);

  /** Whether the attachment still names the blob. */
  boolean isNamed(NamedBlob blob);

  /** The rows of jobs. */
  JobReader jobs();
}
