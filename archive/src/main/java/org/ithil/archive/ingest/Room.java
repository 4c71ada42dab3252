package org.ithil.archive.ingest;

import java.util.Optional;
import java.util.Set;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/** Keeps to the quotas: makes room for an instance, or finds that there is none. */
final class Room {
  private final IngestRules rules;

  Room(IngestRules rules) {
    this.rules = rules;
  }

  /** The quotas leave no room. Undoes the transaction that it is thrown in. */
  static final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoRoomException(String message) {
      super(message);
    }
  }

  /**
   * Makes room, by deleting the patients that were updated longest ago if the rules allow it.
   *
   * @param patient whose instance arrives
   * @param spared patients that are never deleted
   * @param bytes the size of its blobs
   */
  void make(IndexWriter writer, ResourceId patient, Set<ResourceId> spared, long bytes) {
    if (rules.maximumPatientCount() > 0 && !writer.exists(Level.PATIENT, patient)) {
      while (writer.count(Level.PATIENT) + 1 > rules.maximumPatientCount()) {
        recycle(writer, spared);
      }
    }
    if (rules.maximumStorageSize() > 0) {
      while (writer.statistics().diskSize() + bytes > rules.maximumStorageSize()) {
        recycle(writer, spared);
      }
    }
  }

  private void recycle(IndexWriter writer, Set<ResourceId> spared) {
    Optional<ResourceId> oldest =
        rules.recycle() ? writer.oldestUnprotectedPatient(spared) : Optional.empty();
    if (oldest.isEmpty()) {
      throw new NoRoomException("the storage is full");
    }
    writer.delete(Level.PATIENT, oldest.get());
  }
}
