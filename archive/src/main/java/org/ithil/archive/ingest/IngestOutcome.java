package org.ithil.archive.ingest;

import org.ithil.archive.resource.Lineage;

/** What became of an instance that arrived. */
public sealed interface IngestOutcome {
  /** Its identifiers. */
  Lineage lineage();

  /**
   * It is durable and findable.
   *
   * @param replaced whether it took the place of an earlier one
   */
  record Stored(Lineage lineage, boolean replaced) implements IngestOutcome {}

  /** It was there already, and stays as it was. */
  record AlreadyStored(Lineage lineage) implements IngestOutcome {}

  /** A filter refused it; nothing was kept. */
  record FilteredOut(Lineage lineage) implements IngestOutcome {}
}
