package org.ithil.archive.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.job.JobWriter.Lease;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two engines on one SQLite file, as two nodes will be on one database. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedIndexTest {
  private static final Engine.Rules HERE = Engine.rules().history(1000);
  private static final Engine.Rules THERE = HERE.owner("there");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void no_job_is_run_by_both() throws Exception {
    Scripted type = new Scripted();
    try (Engine here = new Engine(folder, HERE.made(LONG), type);
        Engine there = new Engine(folder, THERE.made(LONG), type)) {
      for (int i = 0; i < 200; i++) {
        (i % 2 == 0 ? here : there).jobs.submit(Scripted.job("job" + i + "-", 2));
      }
      here.awaitAll();
      List<String> done = new ArrayList<>(type.done);
      assertThat(done).hasSize(400);
      assertThat(new HashSet<>(done)).hasSize(400);
      assertThat(there.jobs.ids()).hasSize(200);
    }
  }

  @Test
  void a_job_whose_owner_is_dead_is_taken_over_when_its_lease_has_ended() throws Exception {
    UUID id;
    try (Engine here = new Engine(folder, HERE.made(LONG), new Scripted())) {
      id = here.jobs.submit(Scripted.waiting("a", 2, 0)).id();
      here.type.begun.acquire();
      here.await(id, JobState.RUNNING);
    }
    // What a node leaves that dies: a running job with a lease.
    try (Index index = new SqliteIndex(folder, 1)) {
      index.write(writer -> {
        var now = java.time.Instant.now();
        var jobs = writer.jobs();
        assertThat(jobs.lease(new Lease("dead", now.plusSeconds(2)), false, 0, now, 10))
            .extracting(Job::id)
            .containsExactly(id);
        jobs.set(id, jobs.job(id).orElseThrow().status().running());
        return true;
      });
    }
    try (Engine there = new Engine(folder, THERE.made(LONG), new Scripted())) {
      there.type.permits.release(2);
      there.await(id, JobState.SUCCESS);
      assertThat(there.type.done).containsExactly("a0", "a1");
    }
  }

  @Test
  void a_job_is_paused_through_the_engine_that_does_not_run_it() throws Exception {
    try (Engine here = new Engine(folder, HERE.made(LONG), new Scripted());
        Engine there = new Engine(folder, THERE.made(LONG), new Scripted())) {
      UUID id = here.jobs.submit(Scripted.waiting("a", 2, 0)).id();
      here.type.begun.acquire();
      here.await(id, JobState.RUNNING);
      assertThat(there.jobs.act(id, Action.PAUSE)).isTrue();
      here.await(id, JobState.PAUSED);
      assertThat(here.type.done).isEmpty();
    }
  }

  @Test
  void a_job_that_is_cancelled_elsewhere_before_it_starts_does_not_run() throws Exception {
    try (Engine here = new Engine(folder, HERE.concurrent(1).made(LONG), new Scripted());
        Engine there = new Engine(folder, THERE.concurrent(1).made(LONG), new Scripted())) {
      here.jobs.submit(Scripted.waiting("first", 1, 0));
      here.type.begun.acquire();
      there.jobs.submit(Scripted.waiting("second", 1, 0));
      there.type.begun.acquire();
      UUID id = here.jobs.submit(Scripted.job("a", 1)).id();
      assertThat(there.jobs.act(id, Action.CANCEL)).isTrue();
      here.type.permits.release();
      there.type.permits.release();
      here.awaitAll();
      assertThat(here.jobs.job(id).orElseThrow().status().state()).isEqualTo(JobState.FAILURE);
      assertThat(here.type.done).containsExactly("first0");
    }
  }

  @Test
  void what_an_engine_does_without_a_lease_does_not_count() throws Exception {
    try (Engine here = new Engine(folder, HERE.made(LONG), new Scripted())) {
      UUID id = here.jobs.submit(Scripted.waiting("a", 2, 0)).id();
      here.type.begun.acquire();
      here.await(id, JobState.RUNNING);
      // The lease ends unnoticed, and another engine takes the job.
      here.index.write(writer -> {
        var future = java.time.Instant.now().plusSeconds(120);
        return writer.jobs().lease(new Lease("other", future.plusSeconds(60)), false, 0, future, 9);
      });
      here.type.permits.release(2);
      here.type.begun.acquire();
      here.index.read(reader -> reader.jobs().job(id));
      while (here.jobs.isRunning(id)) {
        Thread.sleep(2);
      }
      assertThat(here.jobs.job(id).orElseThrow().status().state()).isEqualTo(JobState.PENDING);
    }
  }
}
