package org.ithil.services.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.SocketFactory;
import org.ithil.archive.Archive;
import org.ithil.archive.ArchiveConfiguration;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.setting.DefaultCharacterSet;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.DefaultEncoding;
import org.ithil.dimse.message.Command;
import org.ithil.dimse.message.Priority;
import org.ithil.dimse.message.Status;
import org.ithil.services.RemoteArchive;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityClient.Call;
import org.ithil.services.query.Identifier;
import org.ithil.services.query.QueryKeys;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C-MOVE as a job. */
@Timeout(60)
class MovingTest {
  private static final ResourceId INSTANCE = ResourceId.ofInstance("P", "1", "2", "3");

  @TempDir Path folder;
  private final Arrivals arrivals = new Arrivals();
  private Archive archive;
  private Jobs jobs;

  @BeforeEach
  void open() throws IOException {
    DefaultCharacterSet encoding = new DefaultCharacterSet(DefaultEncoding.LATIN1);
    archive = Archive.open(ArchiveConfiguration.in(folder), Archive.Surroundings.usual(encoding));
    jobs = jobs();
  }

  private Jobs jobs() {
    MoveJob type =
        new MoveJob(
            new ModalityClient(ModalityClient.Rules.of("OWN"), SocketFactory.getDefault()),
            new Identifier(Dictionary.standard(), new DefaultCharacterSet(DefaultEncoding.LATIN1)),
            arrivals);
    return new Jobs(
        JobRules.DEFAULT,
        List.of(type),
        new Jobs.Surroundings(
            archive.index(),
            thrown -> new JobFailure(9, String.valueOf(thrown.getMessage()), Optional.empty()),
            Clock.systemUTC(),
            UUID::randomUUID));
  }

  @AfterEach
  void close() throws InterruptedException {
    jobs.close();
    archive.close();
  }

  @Test
  void each_part_is_one_request_with_its_unique_keys_only() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      Job end =
          jobs.run(
              submission(
                  remote,
                  false,
                  keys(Level.STUDY, "1.2", Tag.PatientID, "P"),
                  keys(Level.STUDY, "1.3", Tag.AccessionNumber, "A")));
      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      DataSet first = remote.asked.take();
      assertThat(first.ascii(Tag.StudyInstanceUID)).contains("1.2");
      assertThat(first.size()).as("with level and character set").isEqualTo(3);
      assertThat(remote.asked.take().ascii(Tag.StudyInstanceUID)).contains("1.3");
      assertThat(remote.commands.take())
          .isInstanceOfSatisfying(
              Command.CMoveRq.class,
              request -> assertThat(request.destination()).isEqualTo("THERE"));
      assertThat(statuses(end)).containsExactly(0L, 0L);
      assertThat(end.status().progress()).isEqualTo(1);
    }
  }

  @Test
  void the_first_failure_ends_the_job() throws Exception {
    try (RemoteArchive remote = new RemoteArchive((_, _, _) -> new Status(0xa801))) {
      Job end = jobs.run(submission(remote, false, keys(Level.STUDY, "1"), keys(Level.STUDY, "2")));
      assertThat(end.status().state()).isEqualTo(JobState.FAILURE);
      assertThat(statuses(end)).containsExactly(0xa801L, 0L);
      assertThat(remote.asked).hasSize(1);
    }
  }

  @Test
  void a_permissive_job_goes_on() throws Exception {
    try (RemoteArchive remote =
        new RemoteArchive((_, _, identifier) -> {
          boolean first = identifier.ascii(Tag.StudyInstanceUID).orElse("").equals("1");
          return first ? new Status(0xb000) : Status.SUCCESS;
        })) {
      Job end = jobs.run(submission(remote, true, keys(Level.STUDY, "1"), keys(Level.STUDY, "2")));
      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      assertThat(statuses(end)).containsExactly(0xb000L, 0L);
    }
  }

  @Test
  void a_peer_that_breaks_off_is_a_failure() throws Exception {
    try (RemoteArchive remote =
        new RemoteArchive((exchange, _, _) -> {
          RemoteArchive.pending(exchange, 1);
          throw new IOException("enough");
        })) {
      Job end = jobs.run(submission(remote, false, keys(Level.STUDY, "1")));
      assertThat(end.status().state()).isEqualTo(JobState.FAILURE);
      assertThat(remote.asked).hasSize(1);
    }
  }

  @Test
  void what_names_no_resource_is_not_sent() throws Exception {
    try (RemoteArchive remote = new RemoteArchive()) {
      QueryKeys series = new QueryKeys(Level.SERIES, keys(Level.STUDY, "1").texts());
      Job end = jobs.run(submission(remote, false, series));
      assertThat(end.status().failure().orElseThrow().details()).contains("0020,000e");
      assertThat(remote.asked).isEmpty();
    }
  }

  @Test
  void instances_that_come_because_of_it_are_told() throws Exception {
    try (RemoteArchive remote =
        new RemoteArchive((_, request, _) -> {
          arrivals.received(store("OWN", request.messageId()), INSTANCE);
          arrivals.received(store("OWN ", request.messageId()), INSTANCE);
          arrivals.received(
              store("OTHER", request.messageId()), ResourceId.ofInstance("P", "1", "2", "4"));
          arrivals.received(
              store("OWN", request.messageId() + 1), ResourceId.ofInstance("P", "1", "2", "5"));
          return Status.SUCCESS;
        })) {
      Job end = jobs.run(submission(remote, false, keys(Level.STUDY, "1")));
      assertThat(details(end).getFirst().get("ReceivedInstancesIds"))
          .isEqualTo(new JsonValue.Items(List.of(new JsonValue.Text(INSTANCE.toString()))));
    }
  }

  @Test
  void a_cancelled_job_cancels_its_move() throws Exception {
    BlockingQueue<Boolean> cancelled = new LinkedBlockingQueue<>();
    CountDownLatch begun = new CountDownLatch(1);
    try (RemoteArchive remote =
        new RemoteArchive((exchange, _, _) -> {
          begun.countDown();
          while (!exchange.cancelled()) {
            Thread.onSpinWait();
          }
          cancelled.add(true);
          return Status.CANCEL;
        })) {
      UUID id = jobs.submit(submission(remote, false, keys(Level.STUDY, "1"))).id();
      begun.await();
      jobs.act(id, JobState.Action.CANCEL);
      assertThat(cancelled.take()).isTrue();
      assertThat(end(id).status().failure()).contains(JobFailure.CANCELED);
    }
  }

  @Test
  void a_silent_peer_does_not_keep_a_job_from_being_paused_and_going_on() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    try (RemoteArchive remote =
        new RemoteArchive((_, _, _) -> {
          if (begun.getCount() > 0) {
            begun.countDown();
            await(over);
          }
          return Status.SUCCESS;
        })) {
      UUID id = jobs.submit(submission(remote, true, keys(Level.STUDY, "1"))).id();
      begun.await();
      jobs.act(id, JobState.Action.PAUSE);
      while (jobs.job(id).orElseThrow().status().state() != JobState.PAUSED) {
        Thread.sleep(10);
      }
      assertThat(statuses(jobs.job(id).orElseThrow())).containsExactly(0L);
      jobs.act(id, JobState.Action.RESUME);
      assertThat(end(id).status().state()).isEqualTo(JobState.SUCCESS);
      over.countDown();
      assertThat(remote.asked).as("made again").hasSize(2);
    }
  }

  @Test
  void an_engine_that_stops_leaves_the_job_to_the_next_one() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    List<String> asked = new ArrayList<>();
    try (RemoteArchive remote =
        new RemoteArchive((_, _, identifier) -> {
          String uid = identifier.ascii(Tag.StudyInstanceUID).orElseThrow();
          synchronized (asked) {
            asked.add(uid);
          }
          if (uid.equals("2") && begun.getCount() > 0) {
            begun.countDown();
            await(over);
          }
          return Status.SUCCESS;
        })) {
      UUID id =
          jobs.submit(submission(remote, false, keys(Level.STUDY, "1"), keys(Level.STUDY, "2")))
              .id();
      begun.await();
      jobs.close();
      jobs = jobs();
      assertThat(end(id).status().state()).isEqualTo(JobState.SUCCESS);
      over.countDown();
      synchronized (asked) {
        assertThat(asked).containsExactly("1", "2", "2");
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Job end(UUID id) throws InterruptedException {
    while (true) {
      Job job = jobs.job(id).orElseThrow();
      if (job.status().state().isFinal()) {
        return job;
      }
      Thread.sleep(10);
    }
  }

  private static Command.CStoreRq store(String originator, int messageId) {
    return new Command.CStoreRq(
        1,
        "1.2",
        "3",
        Priority.MEDIUM,
        Optional.of(new Command.MoveOriginator(originator, OptionalInt.of(messageId))));
  }

  private static List<Long> statuses(Job job) {
    return details(job).stream()
        .map(detail -> ((JsonValue.Whole) detail.get("DimseErrorStatus")).number())
        .toList();
  }

  private static List<JsonValue.Members> details(Job job) {
    return ((JsonValue.Items) job.status().content().get("Details"))
        .items().stream().map(JsonValue.Members.class::cast).toList();
  }

  private static QueryKeys keys(Level level, String study) {
    return new QueryKeys(level, new TreeMap<>(Map.of(Tag.StudyInstanceUID, study)));
  }

  private static QueryKeys keys(Level level, String study, int tag, String text) {
    return keys(level, study).with(tag, text);
  }

  private static Submission submission(
      RemoteArchive remote, boolean permissive, QueryKeys... parts) {
    RetrieveRequest request =
        new RetrieveRequest(
            remote.modality(),
            new Call(Optional.of("OWN"), Optional.of(Duration.ZERO)),
            "THERE",
            permissive,
            List.of(parts),
            List.of());
    return Submission.of(MoveJob.NAME, request.seed());
  }
}
