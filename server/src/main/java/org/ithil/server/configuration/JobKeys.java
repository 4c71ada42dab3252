package org.ithil.server.configuration;

import java.time.Duration;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.modification.ModificationRules;

/** The keys of jobs. */
final class JobKeys {
  /** One process uses an index of this kind: its engine needs no name that tells it apart. */
  private static final String OWNER = "ithil";

  private JobKeys() {}

  static JobRules jobs(Section root) {
    int concurrent = root.integer("ConcurrentJobs", 0, Integer.MAX_VALUE);
    return new JobRules(
        OWNER,
        concurrent == 0 ? Runtime.getRuntime().availableProcessors() : concurrent,
        root.section("Ithil").integer("JobsWaitingForClients", 0, Integer.MAX_VALUE),
        root.integer("JobsHistorySize", 0, Integer.MAX_VALUE),
        root.integer("MediaArchiveSize", 0, Integer.MAX_VALUE),
        root.flag("SaveJobs"),
        true,
        Duration.ofSeconds(root.section("Ithil").integer("JobLeaseSeconds", 3, Integer.MAX_VALUE)),
        Duration.ofSeconds(root.section("Ithil").integer("JobStopSeconds", 0, Integer.MAX_VALUE)));
  }

  static ModificationRules modification(Section root, ArchiveConfiguration archive) {
    int threads =
        root.section("JobsEngineThreadsCount")
            .integer("ResourceModification", 0, Integer.MAX_VALUE);
    return ModificationRules.of(
        threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
        archive.ingest().overwrite());
  }
}
