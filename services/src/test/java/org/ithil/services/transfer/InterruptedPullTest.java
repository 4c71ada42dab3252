package org.ithil.services.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.ithil.archive.index.Page;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.peer.FakePeer;
import org.ithil.services.peer.Workshop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whenever a pull is stopped, it goes on to the same end. */
@Timeout(value = 300, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InterruptedPullTest {
  private static final JsonValue.Members SEED =
      new TransferRequest(List.of(), "fake", false, Optional.empty(), "sender").seed();

  @TempDir Path folder;
  private Workshop workshop;
  private Transfers transfers;
  private FakePeer fake;

  @BeforeEach
  void open() throws IOException {
    fake = new FakePeer(exchange -> exchange.answer(404, ""));
    workshop =
        new Workshop(
            folder,
            made -> {
              TransferRules rules =
                  new TransferRules(
                      2, 4096, 1 << 20, 2, 0, Duration.ofSeconds(2), Duration.ofSeconds(20), 2);
              transfers =
                  new Transfers(rules, made.peers, made.client, made.archive, UUID::randomUUID);
              return transfers.jobTypes();
            });
    workshop.jobs.listen(transfers::jobChanged);
    workshop.peers.put("fake", fake.peer());
  }

  @AfterEach
  void close() throws Exception {
    transfers.close();
    workshop.close();
    fake.close();
  }

  private long stored() {
    return workshop.archive.index().read(reader -> reader.count(Level.INSTANCE));
  }

  /** What was offered is there, byte by byte, and nothing waits any more. */
  private void same(OfferedFiles offered) throws IOException {
    List<byte[]> files = new ArrayList<>();
    for (ResourceId id :
        workshop.archive.index().read(reader -> reader.ids(Level.INSTANCE, Page.ALL))) {
      try (var file = workshop.archive.retrieval().openFile(id).orElseThrow()) {
        files.add(file.bytes().read(0, (int) file.bytes().size()));
      }
    }
    assertThat(files)
        .usingElementComparator(Comparator.comparing(OfferedFiles::md5))
        .containsExactlyInAnyOrderElementsOf(offered.all());
    try (var left = Files.list(folder.resolve(".spool"))) {
      assertThat(left).isEmpty();
    }
  }

  private void forget() throws Exception {
    for (ResourceId id :
        workshop.archive.index().read(reader -> reader.ids(Level.PATIENT, Page.ALL))) {
      workshop.archive.deletion().delete(Level.PATIENT, id);
    }
  }

  private JobType pull() {
    return transfers.jobTypes().getFirst();
  }

  /** Goes on from a checkpoint to the end. */
  private void finish(JsonValue checkpoint) throws IOException, InterruptedException {
    JobRun run = pull().open(SEED, checkpoint);
    try {
      while (run.step() == JobRun.Step.MORE) {
        // not yet
      }
    } finally {
      run.close();
    }
  }

  @Test
  void before_each_of_its_steps() throws Exception {
    OfferedFiles offered = OfferedFiles.instances(12, 3000);
    fake.behave(offered::answer);
    boolean stopped = true;
    int moment = 0;
    for (; stopped; moment++) {
      forget();
      JobRun run = pull().open(SEED, new JsonValue.Null());
      stopped = isStopped(run, moment);
      JsonValue checkpoint = run.checkpoint();
      run.close();
      if (stopped) {
        finish(checkpoint);
      }
      same(offered);
    }
    assertThat(moment).as("lookup, buckets, storing").isGreaterThan(6);
  }

  /** Whether a run does not come to its end, as it is interrupted before a step. */
  private static boolean isStopped(JobRun run, int moment) {
    try {
      for (int i = 0; ; i++) {
        if (i == moment) {
          Thread.currentThread().interrupt();
        }
        if (run.step() != JobRun.Step.MORE) {
          return false;
        }
      }
    } catch (IOException | InterruptedException e) {
      return true;
    } finally {
      boolean _ = Thread.interrupted();
    }
  }

  @Test
  void while_it_stores_what_it_has_fetched() throws Exception {
    OfferedFiles offered = OfferedFiles.instances(40, 20_000);
    fake.behave(offered::answer);
    for (int already : new int[] {1, 20, 35}) {
      forget();
      JobRun run = pull().open(SEED, new JsonValue.Null());
      boolean[] stopped = {false};
      Thread runner = Thread.ofVirtual().start(() -> stopped[0] = isStopped(run, -1));
      while (stored() < already) {
        Thread.sleep(1);
      }
      runner.interrupt();
      runner.join();
      JsonValue checkpoint = run.checkpoint();
      run.close();
      if (stopped[0]) {
        finish(checkpoint);
      }
      same(offered);
    }
  }

  @Test
  void by_a_pause_of_the_job_while_it_stores() throws Exception {
    OfferedFiles offered = OfferedFiles.instances(40, 20_000);
    fake.behave(offered::answer);
    Job job = workshop.submit(TransferRequest.PULL, SEED);
    while (stored() < 1) {
      Thread.sleep(1);
    }
    workshop.jobs.act(job.id(), JobState.Action.PAUSE);
    Job paused =
        workshop.await(
            job.id(), j -> j.status().state() == JobState.PAUSED || j.status().state().isFinal());
    Job end = paused;
    if (paused.status().state() == JobState.PAUSED) {
      workshop.jobs.act(job.id(), JobState.Action.RESUME);
      end = workshop.await(job.id(), j -> j.status().state().isFinal());
    }
    assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
    same(offered);
  }
}
