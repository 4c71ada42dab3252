package org.ithil.archive.packing;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.io.ReadOptions;

/**
 * Packs resources into ZIP archives. Instances are read ahead and deflated on all cores, and
 * written in their order: what is in memory does not depend on the size of the archive, but for
 * some hundred bytes an instance. Safe for concurrent use; close it after the jobs.
 */
public final class Packing implements AutoCloseable {
  /** The type of the archives. */
  public static final String MEDIA_TYPE = "application/zip";

  private final Parts parts;
  private final BlobStore blobs;
  private final JobOutput.Journal outputs;

  /** What packing uses and does not own. */
  public record Surroundings(
      Index index,
      Retrieval retrieval,
      Spool spool,
      BlobStore blobs,
      JobOutput.Journal outputs,
      ReadOptions reading,
      Clock clock) {}

  /** What all runs share. */
  record Parts(
      Index index,
      Retrieval retrieval,
      Spool spool,
      ReadOptions reading,
      Clock clock,
      PackingRules rules,
      ExecutorService processors,
      Deflation deflation,
      Semaphore readers,
      AtomicLong ahead) {}

  public Packing(PackingRules rules, Surroundings around) {
    blobs = around.blobs();
    outputs = around.outputs();
    parts =
        new Parts(
            around.index(),
            around.retrieval(),
            around.spool(),
            around.reading(),
            around.clock(),
            rules,
            Executors.newFixedThreadPool(
                Runtime.getRuntime().availableProcessors(),
                Thread.ofPlatform().daemon().name("packing-", 0).factory()),
            new Deflation(),
            new Semaphore(rules.allReaders()),
            new AtomicLong());
  }

  /** How archives are packed. */
  public PackingRules rules() {
    return parts.rules();
  }

  /** The types of jobs that leave archives as their outputs. */
  public List<JobType> jobTypes() {
    return List.of(new Type(false), new Type(true));
  }

  /** A run that leaves its archive somewhere else. */
  public JobRun run(PackingRequest request, Destination destination) {
    Plan plan = parts.index().read(reader -> Plan.of(reader, request));
    return new PackingRun(request, parts, plan, destination);
  }

  /** A type of jobs. */
  private final class Type implements JobType {
    private final boolean media;

    Type(boolean media) {
      this.media = media;
    }

    @Override
    public String name() {
      return media ? PackingRequest.MEDIA : PackingRequest.ARCHIVE;
    }

    @Override
    public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
      PackingRequest request = PackingRequest.of(media, seed);
      return run(
          request, new SpooledDestination(parts.spool(), blobs, outputs, request.filename()));
    }
  }

  @Override
  public void close() {
    parts.processors().shutdownNow();
    parts.processors().close();
    parts.deflation().close();
  }
}
