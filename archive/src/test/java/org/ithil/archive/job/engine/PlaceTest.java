package org.ithil.archive.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that wait for others do not keep jobs from running. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlaceTest {
  @TempDir Path folder;

  /** Waits for a client once, then works until it is let go. */
  private static final class Streaming implements JobRun {
    final CountDownLatch waits = new CountDownLatch(1);
    final CountDownLatch clientReads = new CountDownLatch(1);
    final CountDownLatch works = new CountDownLatch(1);
    final CountDownLatch letGo = new CountDownLatch(1);
    private Place place = Place.KEPT;

    @Override
    public void takes(Place own) {
      place = own;
    }

    @Override
    public Step step() throws InterruptedException {
      place.leave();
      waits.countDown();
      clientReads.await();
      place.back();
      works.countDown();
      letGo.await();
      return Step.DONE;
    }

    @Override
    public JsonValue checkpoint() {
      return new JsonValue.Null();
    }

    @Override
    public double progress() {
      return 0;
    }

    @Override
    public JsonValue.Members content() {
      return JsonValue.object(Map.of());
    }

    @Override
    public void close() {}

    CompletableFuture<Job> startIn(Engine engine) {
      return engine.jobs.follow(Scripted.job("streaming", 1).with(this));
    }
  }

  private static Engine one(Path folder) {
    return new Engine(folder, Engine.rules().concurrent(1));
  }

  @Test
  void another_job_runs_while_one_waits_for_its_client() throws Exception {
    try (Engine engine = one(folder)) {
      Streaming streaming = new Streaming();
      CompletableFuture<Job> end = streaming.startIn(engine);
      streaming.waits.await();
      engine.jobs.run(Scripted.job("other", 1));
      streaming.clientReads.countDown();
      streaming.letGo.countDown();
      assertThat(end.get().status().state()).isEqualTo(JobState.SUCCESS);
    }
  }

  @Test
  void one_that_has_come_back_counts() throws Exception {
    try (Engine engine = one(folder)) {
      Streaming streaming = new Streaming();
      CompletableFuture<Job> end = streaming.startIn(engine);
      streaming.waits.await();
      engine.jobs.run(Scripted.job("before", 1));
      streaming.clientReads.countDown();
      streaming.works.await();
      CompletableFuture<Job> behind = engine.jobs.follow(Scripted.job("behind", 1));
      streaming.letGo.countDown();
      behind.get();
      assertThat(end).isDone();
    }
  }

  @Test
  void only_so_many_wait_besides_those_that_run() throws Exception {
    try (Engine engine = one(folder)) {
      Streaming first = new Streaming();
      Streaming second = new Streaming();
      CompletableFuture<Job> firstEnd = first.startIn(engine);
      CompletableFuture<Job> secondEnd = second.startIn(engine);
      first.waits.await();
      second.waits.await();
      CompletableFuture<Job> third = engine.jobs.follow(Scripted.job("third", 1));
      second.clientReads.countDown();
      second.letGo.countDown();
      third.get();
      assertThat(secondEnd).as("it held the only place").isDone();
      first.clientReads.countDown();
      first.letGo.countDown();
      assertThat(firstEnd.get().status().state()).isEqualTo(JobState.SUCCESS);
    }
  }
}
