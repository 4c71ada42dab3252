package org.ithil.archive.index;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.ithil.archive.change.ChangeType;
import org.ithil.archive.job.JobWriter;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/**
 * One transaction on the index. Valid only inside of the function that got it, in one thread. It
 * sees its own writes. Counters and sizes of parents and of the archive follow by themselves; blobs
 * of what is deleted are marked for removal.
 */
public interface IndexWriter extends IndexReader {
  /** The parents that an {@link #add} made. */
  record Added(Set<Level> created) {}

  /** What remains when a resource was deleted: the nearest parent that has other children. */
  record Remaining(Level level, ResourceId id) {}

  /**
   * Adds an instance that is not there yet, and those of its parents that are missing. Logs
   * NewInstance, what is new of NewSeries, NewStudy and NewPatient, and CompletedSeries if it is
   * the last one expected, in this order.
   */
  Added add(NewInstance instance);

  /**
   * Deletes a resource with all below it, and parents that have no children then.
   *
   * @return the nearest parent that remains, if any
   * @throws java.util.NoSuchElementException if it is unknown
   */
  Optional<Remaining> delete(Level level, ResourceId id);

  /**
   * Deletes an instance in order to replace it: parents stay, even without children. Those without
   * get the main tags of the instance that is added next.
   *
   * @throws java.util.NoSuchElementException if it is unknown
   */
  void deleteForReplacement(ResourceId instance);

  /**
   * Writes the main tags of a resource anew; all else of it stays.
   *
   * @param tags text by tag
   * @param signature of the main tags of the level
   * @return false if it is unknown
   */
  boolean setMainTags(Level level, ResourceId id, Map<Integer, String> tags, String signature);

  /**
   * Writes anew which main tags of its patient a study shows.
   *
   * @return false if it is unknown
   */
  boolean setPatientTags(ResourceId study, Map<Integer, String> tags);

  /** The unprotected patient that was updated longest ago, other than those to be spared. */
  Optional<ResourceId> oldestUnprotectedPatient(Set<ResourceId> spared);

  /**
   * Protects a patient, or no more; one that is released is the last to be recycled.
   *
   * @return false if it is unknown
   */
  boolean setProtected(ResourceId patient, boolean isProtected);

  /** Writes a metadata value from {@code Metadata.FIRST_USER} on; the revision grows. */
  void setMetadata(Level level, ResourceId id, int number, String text);

  /** Writes a metadata value of the archive itself, below {@code Metadata.FIRST_USER}. */
  void putMetadata(Level level, ResourceId id, int number, String text);

  /** Removes a metadata value, if it is there. */
  void removeMetadata(Level level, ResourceId id, int number);

  /** Adds an attachment, in the place of one of its content type. */
  void putAttachment(Level level, ResourceId id, Attachment attachment);

  /** Removes an attachment, if it is there. */
  void removeAttachment(Level level, ResourceId id, int contentType);

  void addLabel(Level level, ResourceId id, String label);

  void removeLabel(Level level, ResourceId id, String label);

  /** Adds to the log of changes; nothing happens if the resource is unknown. */
  void logChange(ChangeType type, Level level, ResourceId id, Instant date);

  /** Empties the log of changes; numbers go on. */
  void clearChanges();

  void logExport(
      String remote, Level level, ResourceId id, Map<Integer, String> identifiers, Instant date);

  /** Empties the log of exports. */
  void clearExports();

  void setSetting(String name, String value);

  /**
   * Makes those stable whose time has come, series first, and logs it.
   *
   * @return when the next time comes, in milliseconds of the epoch, if any waits
   */
  OptionalLong settle(Instant now, int limit);

  /** Forgets removals that are done. */
  void removed(List<UUID> blobs);

  @Override
  JobWriter jobs();
}
