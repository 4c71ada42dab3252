package org.ithil.services.creation;

import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.resource.ResourceId;

/** What was made. */
public sealed interface Created {
  /** One instance. */
  record Instance(IngestOutcome outcome) implements Created {}

  /** The instances of a list of contents. */
  record Series(ResourceId id) implements Created {}
}
