package org.ithil.archive.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.job.JobWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs when the process ends. A kill -9 is tried with real processes elsewhere. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RestartTest {
  private static final Engine.Rules ONE = Engine.rules().concurrent(1);

  @TempDir Path folder;

  @Test
  void a_running_job_goes_on_at_the_step_that_it_had_reached() throws Exception {
    UUID id;
    try (Engine engine = new Engine(folder, ONE)) {
      id = engine.jobs.submit(Scripted.waiting("a", 3, 0)).id();
      engine.type.permits.release();
      engine.type.begun.acquire(2);
    }
    try (Engine engine = new Engine(folder, ONE)) {
      engine.type.permits.release(2);
      Job end = engine.await(id, JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("a1", "a2");
      assertThat(end.status().progress()).isEqualTo(1);
    }
  }

  @Test
  void pending_jobs_keep_their_order_and_paused_ones_stay_paused() throws Exception {
    UUID paused;
    try (Engine engine = new Engine(folder, ONE)) {
      engine.jobs.submit(Scripted.waiting("first", 1, 0));
      engine.type.begun.acquire();
      engine.jobs.submit(Scripted.job("low", 1));
      paused = engine.jobs.submit(Scripted.job("paused", 1)).id();
      engine.jobs.submit(Scripted.waiting("high", 1, 3));
      assertThat(engine.jobs.act(paused, Action.PAUSE)).isTrue();
    }
    try (Engine engine = new Engine(folder, ONE)) {
      engine.type.permits.release(2);
      while (engine.type.done.size() < 3) {
        Thread.sleep(2);
      }
      assertThat(engine.type.done).containsExactly("high0", "first0", "low0");
      assertThat(engine.jobs.job(paused).orElseThrow().status().state()).isEqualTo(JobState.PAUSED);
      engine.jobs.act(paused, Action.RESUME);
      engine.await(paused, JobState.SUCCESS);
    }
  }

  @Test
  void ended_jobs_are_told_as_before() throws Exception {
    Job success;
    Job failure;
    try (Engine engine = new Engine(folder)) {
      success = engine.jobs.run(Scripted.job("a", 2));
      failure = engine.jobs.run(Scripted.failing("b", 2, 1));
    }
    try (Engine engine = new Engine(folder)) {
      assertThat(engine.jobs.job(success.id())).contains(success);
      assertThat(engine.jobs.job(failure.id())).contains(failure);
      assertThat(failure.status().failure())
          .contains(new JobFailure(9, "wanted", Optional.empty()));
    }
  }

  @Test
  void jobs_that_are_not_saved_end_with_the_engine_and_earlier_ones_are_found_again_later()
      throws Exception {
    Job saved;
    try (Engine engine = new Engine(folder)) {
      saved = engine.jobs.run(Scripted.job("a", 1));
    }
    try (Engine engine = new Engine(folder, Engine.rules().save(false))) {
      assertThat(engine.jobs.ids()).isEmpty();
      Job unsaved = engine.jobs.run(Scripted.job("b", 1));
      assertThat(engine.jobs.ids()).containsExactly(unsaved.id());
    }
    try (Engine engine = new Engine(folder)) {
      assertThat(engine.jobs.ids()).containsExactly(saved.id());
    }
  }

  @Test
  void an_engine_without_earlier_jobs_neither_sees_nor_runs_nor_forgets_them() throws Exception {
    Job ended;
    UUID pending;
    try (Engine engine = new Engine(folder, ONE)) {
      ended = engine.jobs.run(Scripted.job("a", 1));
      pending = engine.jobs.submit(Scripted.waiting("b", 1, 0)).id();
      engine.type.begun.acquire(2);
    }
    try (Engine engine = new Engine(folder, ONE.load(false).history(0))) {
      assertThat(engine.jobs.ids()).isEmpty();
      assertThat(engine.jobs.job(ended.id())).isEmpty();
      assertThat(engine.jobs.act(ended.id(), Action.DELETE)).isFalse();
      engine.jobs.run(Scripted.job("c", 1));
      assertThat(engine.type.done).containsExactly("c0");
    }
    try (Engine engine = new Engine(folder, ONE)) {
      assertThat(engine.jobs.ids()).containsExactlyInAnyOrder(ended.id(), pending);
    }
  }

  @Test
  void a_smaller_history_keeps_the_jobs_that_ended_last() throws Exception {
    Job last = null;
    try (Engine engine = new Engine(folder)) {
      for (int i = 0; i < 4; i++) {
        last = engine.jobs.run(Scripted.job("a", 1));
      }
    }
    try (Engine engine = new Engine(folder, Engine.rules().history(1))) {
      assertThat(engine.jobs.ids()).containsExactly(last.id());
    }
  }

  @Test
  void a_pause_that_was_asked_for_before_a_crash_holds() throws Exception {
    UUID id;
    try (Engine engine = new Engine(folder, ONE)) {
      id = engine.jobs.submit(Scripted.waiting("a", 1, 0)).id();
      engine.type.begun.acquire();
    }
    // As if the process had been killed between the request and its effect.
    try (Index index = new SqliteIndex(folder, 1)) {
      index.write(writer -> {
        var lease = new JobWriter.Lease(ONE.owner(), Instant.now().plusSeconds(60));
        Job.Status status =
            writer.jobs().lease(lease, false, 0, Instant.now(), 1).getFirst().status();
        writer.jobs().set(id, status.running().asked(Action.PAUSE));
        return true;
      });
    }
    try (Engine engine = new Engine(folder, ONE)) {
      engine.await(id, JobState.PAUSED);
      assertThat(engine.type.done).isEmpty();
    }
  }
}
