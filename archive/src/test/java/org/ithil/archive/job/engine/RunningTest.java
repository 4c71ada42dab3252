package org.ithil.archive.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunningTest {
  @TempDir Path folder;

  @Test
  void a_job_runs_all_its_steps_and_is_there_afterwards() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job end = engine.jobs.run(Scripted.job("a", 3));
      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("a0", "a1", "a2");
      assertThat(engine.jobs.job(end.id())).contains(end);
      assertThat(end.status().progress()).isEqualTo(1);
      assertThat(end.status().content().get("Done")).isEqualTo(new JsonValue.Whole(3));
    }
  }

  @Test
  void a_job_that_fails_keeps_its_progress_and_tells_why() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job end = engine.jobs.run(Scripted.failing("a", 4, 1));
      assertThat(end.status().state()).isEqualTo(JobState.FAILURE);
      assertThat(end.status().failure()).contains(new JobFailure(9, "wanted", Optional.empty()));
      assertThat(end.status().progress()).isEqualTo(0.25);
    }
  }

  @Test
  void jobs_of_higher_priority_run_first_and_equal_ones_in_the_order_of_submission()
      throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().concurrent(1))) {
      engine.jobs.submit(Scripted.waiting("first", 1, 0));
      engine.type.begun.acquire();
      for (String name : List.of("a", "b", "c")) {
        engine.jobs.submit(Scripted.waiting(name, 1, 0));
      }
      engine.jobs.submit(Scripted.waiting("low", 1, -5));
      engine.jobs.submit(Scripted.waiting("high", 1, 7));
      engine.type.permits.release(6);
      engine.awaitAll();
      assertThat(engine.type.done).containsExactly("first0", "high0", "a0", "b0", "c0", "low0");
    }
  }

  @Test
  void hundreds_of_jobs_run_in_their_order_though_few_are_leased_at_a_time() throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().concurrent(1).history(1000));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      engine.jobs.submit(Scripted.waiting("first", 1, 0));
      engine.type.begun.acquire();
      List<Future<Job>> pending = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        String name = "job" + i + "-";
        pending.add(clients.submit(() -> engine.jobs.submit(Scripted.job(name, 1))));
      }
      Map<Long, String> byNumber = new TreeMap<>();
      for (int i = 0; i < 300; i++) {
        byNumber.put(pending.get(i).get().number(), "job" + i + "-0");
      }
      engine.type.permits.release();
      engine.awaitAll();
      assertThat(engine.type.done.subList(1, 301)).containsExactlyElementsOf(byNumber.values());
    }
  }

  @Test
  void a_running_job_is_paused_and_goes_on_where_it_was() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job job = engine.jobs.submit(Scripted.waiting("a", 3, 0));
      engine.type.permits.release();
      engine.type.begun.acquire(2); // the second step waits
      assertThat(engine.jobs.act(job.id(), Action.PAUSE)).isTrue();
      engine.await(job.id(), JobState.PAUSED);
      engine.type.permits.release(2);
      assertThat(engine.jobs.act(job.id(), Action.RESUME)).isTrue();
      engine.await(job.id(), JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("a0", "a1", "a2");
    }
  }

  @Test
  void a_running_job_is_cancelled_in_the_middle_of_a_step() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job job = engine.jobs.submit(Scripted.waiting("a", 3, 0));
      engine.type.begun.acquire();
      assertThat(engine.jobs.act(job.id(), Action.CANCEL)).isTrue();
      Job end = engine.await(job.id(), JobState.FAILURE);
      assertThat(end.status().failure()).contains(JobFailure.CANCELED);
      assertThat(engine.type.done).isEmpty();
    }
  }

  @Test
  void a_failed_job_begins_anew_when_it_is_resubmitted() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job job = engine.jobs.submit(Scripted.waiting("a", 2, 0));
      engine.type.permits.release();
      engine.type.begun.acquire(2);
      engine.jobs.act(job.id(), Action.CANCEL);
      engine.await(job.id(), JobState.FAILURE);
      engine.type.permits.release(2);
      assertThat(engine.jobs.act(job.id(), Action.RESUBMIT)).isTrue();
      Job end = engine.await(job.id(), JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("a0", "a0", "a1");
      assertThat(end.status().failure()).isEmpty();
    }
  }

  @Test
  void a_job_that_wants_a_retry_is_run_again_from_its_checkpoint() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Job end = engine.jobs.run(Scripted.retrying("a", 2, 1));
      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("a0", "a1", "a1");
    }
  }

  @Test
  void only_the_jobs_that_ended_last_are_kept() throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().history(2))) {
      List<Job> ends = new ArrayList<>();
      for (String name : List.of("a", "b", "c", "d")) {
        ends.add(engine.jobs.run(Scripted.job(name, 1)));
      }
      assertThat(engine.jobs.ids()).containsExactlyInAnyOrder(ends.get(2).id(), ends.get(3).id());
    }
  }

  @Test
  void a_caller_learns_the_end_of_a_job_that_is_forgotten_at_once() throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().history(0))) {
      Job end = engine.jobs.run(Scripted.job("a", 1));
      assertThat(end.status().state()).isEqualTo(JobState.SUCCESS);
      assertThat(engine.jobs.job(end.id())).isEmpty();
    }
  }

  @Test
  void jobs_that_many_clients_submit_and_wait_for_run_once_each() throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().history(2000));
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Job>> ends = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        String name = "job" + i + "-";
        ends.add(clients.submit(() -> engine.jobs.run(Scripted.job(name, 2))));
      }
      for (Future<Job> end : ends) {
        assertThat(end.get().status().state()).isEqualTo(JobState.SUCCESS);
      }
      assertThat(engine.type.done).hasSize(1000).doesNotHaveDuplicates();
    }
  }

  @Test
  void a_job_begins_with_the_run_that_was_submitted_with_it() throws Exception {
    try (Engine engine = new Engine(folder)) {
      for (int i = 0; i < 50; i++) {
        Submission submission = Scripted.job("seed" + i + "-", 1);
        JobRun run =
            engine.type.open(Scripted.job("ready" + i + "-", 1).seed(), new JsonValue.Null());
        engine.jobs.run(submission.with(run));
      }
      assertThat(engine.type.done).hasSize(50).allMatch(step -> step.startsWith("ready"));
    }
  }

  @Test
  void a_run_that_is_paused_before_it_starts_is_closed_and_the_seed_counts_later()
      throws Exception {
    try (Engine engine = new Engine(folder, Engine.rules().concurrent(1))) {
      engine.jobs.submit(Scripted.waiting("first", 1, 0));
      engine.type.begun.acquire();
      JobRun run = engine.type.open(Scripted.job("ready", 1).seed(), new JsonValue.Null());
      Job job = engine.jobs.submit(Scripted.job("seed", 1).with(run));
      assertThat(engine.jobs.act(job.id(), Action.PAUSE)).isTrue();
      assertThat(engine.type.closed).contains("ready");
      assertThat(engine.jobs.act(job.id(), Action.RESUME)).isTrue();
      engine.type.permits.release();
      engine.await(job.id(), JobState.SUCCESS);
      assertThat(engine.type.done).containsExactly("first0", "seed0");
    }
  }

  @Test
  void what_is_told_of_a_job_begins_with_its_submission_and_keeps_its_order() throws Exception {
    try (Engine engine = new Engine(folder)) {
      List<JobState> told = new CopyOnWriteArrayList<>();
      Semaphore ends = new Semaphore(0);
      engine.jobs.listen(job -> {
        told.add(job.status().state());
        if (job.status().state().isFinal()) {
          ends.release();
        }
      });
      Job job = engine.jobs.submit(Scripted.waiting("a", 1, 0));
      engine.await(job.id(), JobState.RUNNING);
      engine.jobs.act(job.id(), Action.PAUSE);
      engine.await(job.id(), JobState.PAUSED);
      engine.jobs.act(job.id(), Action.RESUME);
      engine.await(job.id(), JobState.RUNNING);
      engine.type.permits.release();
      ends.acquire();
      List<JobState> changes = new ArrayList<>();
      for (JobState state : told) {
        if (changes.isEmpty() || changes.getLast() != state) {
          changes.add(state);
        }
      }
      assertThat(changes)
          .containsExactly(
              JobState.PENDING,
              JobState.RUNNING,
              JobState.PAUSED,
              JobState.PENDING,
              JobState.RUNNING,
              JobState.SUCCESS);
    }
  }

  @Test
  void a_job_does_not_start_while_its_submission_is_told() throws Exception {
    try (Engine engine = new Engine(folder)) {
      CountDownLatch telling = new CountDownLatch(1);
      CountDownLatch go = new CountDownLatch(1);
      AtomicBoolean first = new AtomicBoolean(true);
      engine.jobs.listen(_ -> {
        if (first.getAndSet(false)) {
          telling.countDown();
          awaitQuietly(go);
        }
      });
      Thread submitting = Thread.startVirtualThread(() -> engine.jobs.submit(Scripted.job("a", 1)));
      telling.await();
      Job other = engine.jobs.run(Scripted.job("b", 1)); // would come behind "a"
      assertThat(engine.type.done).containsExactly("b0");
      assertThat(other.status().state()).isEqualTo(JobState.SUCCESS);
      go.countDown();
      submitting.join();
      engine.awaitAll();
      assertThat(engine.type.done).containsExactly("b0", "a0");
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_job_runs_until_its_run_is_closed_so_that_no_other_is_opened_before() throws Exception {
    try (Engine engine = new Engine(folder)) {
      Semaphore closing = new Semaphore(1); // for the run that gave the first content
      engine.type.closing = closing;
      Job job = engine.jobs.submit(Scripted.waiting("a", 2, 0));
      Job other = engine.jobs.submit(Scripted.job("b", 2));
      engine.type.begun.acquire();
      engine.await(job.id(), JobState.RUNNING);
      engine.await(other.id(), JobState.SUCCESS);
      engine.type.permits.release(2);
      while (!closing.hasQueuedThreads()) {
        Thread.sleep(2);
      }
      engine.jobs.noteProgress(job.id()); // as if it had been on its way
      engine.jobs.run(Scripted.job("c", 1)); // now the journal has passed that
      assertThat(engine.jobs.job(job.id()).orElseThrow().status().state())
          .isEqualTo(JobState.RUNNING);
      assertThat(engine.jobs.isRunning(job.id())).isTrue();
      closing.release();
      engine.await(job.id(), JobState.SUCCESS);
    }
  }
}
