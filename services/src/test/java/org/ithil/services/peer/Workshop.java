package org.ithil.services.peer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.ingest.IngestOutcome;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomWriter;
import org.ithil.dicom.text.DefaultEncoding;

/** An archive with an engine of jobs, and what tests of jobs that send need. */
public final class Workshop implements AutoCloseable {
  public final Archive archive;
  public final PeerClient client = new PeerClient(OutgoingRules.DEFAULT);
  public final Peers peers = Peers.inMemory(Map.of());
  public final Jobs jobs;
  private final BlockingQueue<Job> events = new LinkedBlockingQueue<>();

  /**
   * @param types makes the types of jobs there are
   */
  public Workshop(Path folder, Function<Workshop, List<? extends JobType>> types)
      throws IOException {
    this(folder, types, Throwable::toString);
  }

  /**
   * @param details what failed jobs say
   */
  public Workshop(
      Path folder,
      Function<Workshop, List<? extends JobType>> types,
      Function<Throwable, String> details)
      throws IOException {
    archive =
        Archive.open(
            ArchiveConfiguration.in(folder),
            Archive.Surroundings.usual(new DefaultCharacterSet(DefaultEncoding.UTF8)));
    jobs =
        new Jobs(
            JobRules.DEFAULT,
            all(types.apply(this)),
            new Jobs.Surroundings(
                archive.index(),
                thrown -> new JobFailure(1, details.apply(thrown), Optional.empty()),
                Clock.systemUTC(),
                UUID::randomUUID));
    jobs.listen(events::add);
  }

  private List<JobType> all(List<? extends JobType> types) {
    List<JobType> all = new ArrayList<>(types);
    all.add(archive.deletion().removal());
    return all;
  }

  /** Stores an instance. */
  public Lineage store(String patient, int number, int pixels) throws Exception {
    IngestOutcome outcome =
        archive
            .ingest()
            .ingest(
                archive.spool().spool(new ByteArrayInputStream(dicom(patient, number, pixels))),
                new Origin.Internal());
    return outcome.lineage();
  }

  /** A DICOM file. */
  public static byte[] dicom(String patient, int number, int pixels) {
    DataSet.Builder dataSet = new DataSet.Builder();
    put(dataSet, Tag.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7");
    put(dataSet, Tag.SOPInstanceUID, "1.2.3." + number);
    put(dataSet, Tag.PatientID, patient);
    put(dataSet, Tag.StudyInstanceUID, "1.2.1");
    put(dataSet, Tag.SeriesInstanceUID, "1.2.2");
    byte[] noise = new byte[pixels];
    new Random(number).nextBytes(noise);
    dataSet.put(new Element(Tag.PixelData, Vr.OB, new Value.Bytes(noise)));
    DataSet.Builder meta = new DataSet.Builder();
    put(meta, Tag.TransferSyntaxUID, "1.2.840.10008.1.2.1");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      DicomWriter.writeFile(meta.build(), dataSet.build(), ByteSource.of(new byte[0]), out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static void put(DataSet.Builder dataSet, int tag, String text) {
    Vr vr = Dictionary.vrOf(tag);
    String even = text.length() % 2 == 0 ? text : text + (char) vr.padding();
    dataSet.put(new Element(tag, vr, new Value.Bytes(even.getBytes(StandardCharsets.US_ASCII))));
  }

  public Job submit(String type, JsonValue.Members seed) {
    return jobs.submit(Submission.of(type, seed));
  }

  /** Runs a job to its end. */
  public Job run(String type, JsonValue.Members seed) throws InterruptedException {
    return jobs.run(Submission.of(type, seed));
  }

  /** Waits until a listener hears of a job that is so. */
  public Job await(UUID id, Predicate<Job> wanted) throws InterruptedException {
    while (true) {
      Job job = events.poll(60, TimeUnit.SECONDS);
      if (job == null) {
        throw new IllegalStateException("this did not happen; " + jobs.job(id));
      }
      if (job.id().equals(id) && wanted.test(job)) {
        return job;
      }
    }
  }

  /** What clients see of a job. */
  public static String content(Job job) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      job.status().content().write(writer);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(StandardCharsets.UTF_8).replaceAll("\\s", "");
  }

  @Override
  public void close() throws InterruptedException {
    client.close();
    jobs.close();
    archive.close();
  }
}
