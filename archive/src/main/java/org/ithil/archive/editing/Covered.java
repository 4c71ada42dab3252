package org.ithil.archive.editing;

import org.ithil.archive.resource.Level;
import org.jspecify.annotations.Nullable;

/**
 * What a job edits, so that references inside data sets follow those that get new UIDs while all
 * others stay. The same UID always gives the same answer while a job lasts, also when instances
 * were stored or deleted meanwhile. Safe for concurrent use.
 */
@FunctionalInterface
public interface Covered {
  /** Nothing: all references stay, as in an instance that is edited alone and not stored. */
  Covered NOTHING = uid -> null;

  /**
   * What a UID is among the resources that the job edits.
   *
   * @param uid without padding; any text
   * @return STUDY, SERIES or INSTANCE; null if the job edits no such resource. Levels whose UIDs do
   *     not change do no harm.
   */
  @Nullable Level level(String uid);
}
