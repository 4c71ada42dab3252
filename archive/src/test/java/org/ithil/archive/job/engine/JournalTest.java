package org.ithil.archive.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.ithil.archive.HeldIndex;
import org.ithil.archive.index.IndexException.Kind;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of jobs whose state cannot be written. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class JournalTest {
  private static final JobRules RULES = Engine.rules().made(Duration.ofSeconds(60));

  @TempDir Path folder;

  private static void assertUnwritable(Job job) {
    assertThat(job.status().state()).isEqualTo(JobState.FAILURE);
    assertThat(job.status().failure().orElseThrow().details())
        .startsWith("The state of the job could not be written: ");
  }

  @Test
  void a_job_whose_end_can_never_be_written_fails_with_the_reason() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job end = engine.jobs.run(Scripted.unwritable("a", 3, 0));
      assertUnwritable(end);
      assertThat(engine.jobs.job(end.id())).contains(end);
    }
  }

  @Test
  void a_job_whose_progress_can_never_be_written_is_stopped_and_fails() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job job = engine.jobs.submit(Scripted.unwritable("a", Integer.MAX_VALUE, 0));
      assertUnwritable(engine.await(job.id(), JobState.FAILURE));
      while (!engine.type.closed.stream().filter("a"::equals).skip(1).findAny().isPresent()) {
        Thread.sleep(2); // the first one was opened for its first content
      }
    }
  }

  @Test
  void the_others_of_its_transaction_are_written() throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().concurrent(8))) {
      UUID bad = engine.jobs.submit(Scripted.waitingUnwritable("bad", 1)).id();
      List<UUID> good =
          java.util.stream.IntStream.range(0, 4)
              .mapToObj(i -> engine.jobs.submit(Scripted.waiting("good" + i, 1, 0)).id())
              .toList();
      engine.type.begun.acquire(5);
      try (HeldIndex _ = new HeldIndex(engine.index)) {
        engine.type.permits.release(5);
        while (engine.type.done.size() < 5) {
          Thread.sleep(2);
        }
      }
      for (UUID id : good) {
        engine.await(id, JobState.SUCCESS);
      }
      assertUnwritable(engine.await(bad, JobState.FAILURE));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"FULL", "FAILED", "REFUSED"})
  void what_a_medium_did_not_take_is_written_when_it_does_again(Kind kind) throws Exception {
    FailingIndex index = new FailingIndex(new SqliteIndex(folder, 4));
    try (Engine engine = new Engine(index, RULES, new Scripted())) {
      UUID id = engine.jobs.submit(Scripted.waiting("a", 2, 0)).id();
      engine.type.begun.acquire();
      engine.await(id, JobState.RUNNING);
      index.failing = kind;
      engine.type.permits.release(2);
      index.failed.acquire(3);
      assertThat(engine.jobs.isRunning(id)).isTrue();
      index.failing = null;
      Job end = engine.await(id, JobState.SUCCESS);
      assertThat(end.status().progress()).isEqualTo(1);
      assertThat(engine.type.done).containsExactly("a0", "a1");
    }
  }

  @Test
  void what_follows_a_secured_step_waits_until_it_is_durable() throws Exception {
    FailingIndex index = new FailingIndex(new SqliteIndex(folder, 4));
    try (Engine engine = new Engine(index, RULES, new Scripted())) {
      UUID id = engine.jobs.submit(Scripted.securing("a", 3, 0)).id();
      engine.type.begun.acquire();
      engine.await(id, JobState.RUNNING);
      index.failing = Kind.FULL;
      engine.type.permits.release(3);
      index.failed.acquire(2);
      assertThat(engine.type.done).containsExactly("a0");
      index.failing = null;
      engine.await(id, JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("a0", "a1", "a2");
    }
  }

  @Test
  void a_job_that_waits_for_its_checkpoint_can_be_stopped() throws Exception {
    FailingIndex index = new FailingIndex(new SqliteIndex(folder, 4));
    try (Engine engine = new Engine(index, RULES, new Scripted())) {
      UUID id = engine.jobs.submit(Scripted.securing("a", 3, 0)).id();
      engine.type.begun.acquire();
      engine.await(id, JobState.RUNNING);
      index.failing = Kind.FULL;
      engine.type.permits.release(3);
      index.failed.acquire(1);
      engine.jobs.close(); // comes back
      assertThat(engine.type.done).containsExactly("a0");
      index.failing = null;
    }
  }

  @Test
  void an_end_that_was_written_though_the_medium_said_no_is_told() throws Exception {
    FailingIndex index = new FailingIndex(new SqliteIndex(folder, 4));
    try (Engine engine = new Engine(index, RULES, new Scripted())) {
      var end = engine.jobs.follow(Scripted.waiting("a", 1, 0));
      engine.type.begun.acquire();
      List<UUID> ids = engine.jobs.ids();
      engine.await(ids.getFirst(), JobState.RUNNING);
      index.commits = true;
      index.failing = Kind.FAILED;
      engine.type.permits.release();
      engine.await(ids.getFirst(), JobState.SUCCESS);
      index.failing = null;
      assertThat(end.get().status().state()).isEqualTo(JobState.SUCCESS);
    }
  }

  @Test
  void an_engine_closes_though_the_medium_takes_nothing_and_the_job_goes_on_next_time()
      throws Exception {
    FailingIndex index = new FailingIndex(new SqliteIndex(folder, 4));
    UUID id;
    try (Engine engine = new Engine(index, RULES, new Scripted())) {
      id = engine.jobs.submit(Scripted.waiting("a", 1, 0)).id();
      engine.type.begun.acquire();
      engine.await(id, JobState.RUNNING);
      index.failing = Kind.FULL;
      engine.type.permits.release();
      index.failed.acquire();
    }
    try (Engine engine = new Engine(folder, Engine.rules())) {
      engine.type.permits.release();
      engine.await(id, JobState.SUCCESS);
    }
  }
}
