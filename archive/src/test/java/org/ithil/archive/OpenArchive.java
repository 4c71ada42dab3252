package org.ithil.archive;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.ithil.archive.change.ChangePage;
import org.ithil.archive.change.ChangeQuery;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.Page;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestFilter;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.IngestRules;
import org.ithil.archive.ingest.IngestRules.Overwrite;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.archive.statistics.Statistics;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.DefaultEncoding;

/** A real archive in a folder, with a clock that stands still until it is moved. */
public final class OpenArchive implements AutoCloseable {
  public static final Origin HTTP = new Origin.Http("127.0.0.1", "");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T12:00:00Z"));
  public final Archive archive;
  private final Jobs jobs;

  /** The time of {@link #now}. */
  private final class Standing extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  public OpenArchive(Path folder) throws IOException {
    this(folder, IngestRules.DEFAULT);
  }

  public OpenArchive(Path folder, IngestRules rules) throws IOException {
    this(ArchiveConfiguration.in(folder).with(rules), IngestFilter.ALL);
  }

  public OpenArchive(ArchiveConfiguration configuration, IngestFilter filter) throws IOException {
    archive =
        Archive.open(
            configuration,
            new Archive.Surroundings(
                new DefaultCharacterSet(DefaultEncoding.LATIN1),
                ReadOptions.DEFAULT,
                filter,
                new Standing(),
                UUID::randomUUID));
    jobs =
        new Jobs(
            JobRules.DEFAULT,
            types(archive),
            new Jobs.Surroundings(
                archive.index(),
                thrown -> new JobFailure(1, thrown.toString(), Optional.empty()),
                Clock.systemUTC(),
                UUID::randomUUID));
  }

  private static List<JobType> types(Archive archive) {
    List<JobType> types = new ArrayList<>(archive.reconstruction().jobTypes());
    types.add(archive.deletion().removal());
    return types;
  }

  /** The engine of jobs. */
  public Jobs jobs() {
    return jobs;
  }

  public static IngestRules rules(Overwrite overwrite) {
    IngestRules d = IngestRules.DEFAULT;
    return new IngestRules(d.mainTags(), overwrite, d.stableAge(), 0, 0, true, true, true);
  }

  public static IngestRules quota(long bytes, long patients, boolean recycle) {
    IngestRules d = IngestRules.DEFAULT;
    return new IngestRules(
        d.mainTags(), Overwrite.ALWAYS, d.stableAge(), bytes, patients, recycle, true, true);
  }

  public void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  public Instant now() {
    return now.get();
  }

  public IngestOutcome ingest(Made file) throws IOException, IngestException {
    return ingest(file.bytes(), HTTP);
  }

  public IngestOutcome ingest(byte[] file, Origin origin) throws IOException, IngestException {
    return archive.ingest().ingest(archive.spool().spool(new ByteArrayInputStream(file)), origin);
  }

  public IngestOutcome ingestShared(String name) throws IOException, IngestException {
    return ingest(Files.readAllBytes(SharedData.file(name)), HTTP);
  }

  /** Stores, and gives the identifiers. */
  public Lineage store(Made file) throws IOException, IngestException {
    return ((IngestOutcome.Stored) ingest(file)).lineage();
  }

  public <T> T read(java.util.function.Function<IndexReader, T> query) {
    return archive.index().read(query);
  }

  public Resource resource(Level level, ResourceId id) {
    Optional<Resource> resource = read(reader -> reader.resource(level, id));
    return resource.orElseThrow();
  }

  public List<ResourceId> ids(Level level) {
    return read(reader -> reader.ids(level, Page.ALL));
  }

  public long count(Level level) {
    return read(reader -> reader.count(level));
  }

  public Statistics statistics() {
    return read(IndexReader::statistics);
  }

  /** All that was logged, as "NewInstance". */
  public List<String> changes() {
    ChangeQuery all = new ChangeQuery(OptionalLong.of(0), OptionalLong.empty(), 1000, Set.of());
    ChangePage page = read(reader -> reader.changes(all));
    return page.changes().stream().map(change -> change.type().label()).toList();
  }

  /** Waits for what another thread does, but not for ever. */
  public void await(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.call()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("it did not come to pass");
      }
      Thread.sleep(1);
    }
  }

  /** How many blobs there are. */
  public int blobs() throws IOException {
    List<UUID> blobs = new ArrayList<>();
    archive.blobs().list(blobs::add);
    return blobs.size();
  }

  public long settle() {
    return archive.index().write(writer -> writer.settle(now(), 1000)).orElse(-1);
  }

  @Override
  public void close() {
    stopJobs();
    archive.close();
  }

  /** Ends the engine of jobs; the archive goes on without. */
  public void stopJobs() {
    try {
      jobs.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
