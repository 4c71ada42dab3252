package org.ithil.archive.crash;

import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.ithil.archive.Archive;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobState;
import org.ithil.archive.job.engine.JobRules;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.packing.Packing;
import org.ithil.archive.packing.PackingRequest;
import org.ithil.archive.packing.PackingRules;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.io.ReadOptions;

/** An engine that packs archives, step by step as it gets permits. */
final class PackingEngine implements AutoCloseable {
  final Semaphore begun = new Semaphore(0);
  final Semaphore permits = new Semaphore(0);
  private final Packing packing;
  private final Jobs jobs;

  PackingEngine(Archive archive) {
    packing =
        new Packing(
            PackingRules.DEFAULT,
            new Packing.Surroundings(
                archive.index(),
                archive.retrieval(),
                archive.spool(),
                archive.blobs(),
                archive.outputs(),
                ReadOptions.DEFAULT,
                Clock.systemUTC()));
    jobs =
        new Jobs(
            JobRules.DEFAULT,
            packing.jobTypes().stream().map(Gated::new).toList(),
            new Jobs.Surroundings(
                archive.index(),
                archive.outputs(),
                thrown -> new JobFailure(1, thrown.toString(), Optional.empty()),
                Clock.systemUTC(),
                UUID::randomUUID));
  }

  Job submit(ResourceId resource) {
    PackingRequest request =
        new PackingRequest(
            false,
            List.of(resource),
            false,
            false,
            false,
            Optional.empty(),
            OptionalInt.empty(),
            "a.zip");
    return jobs.submit(Submission.of(PackingRequest.ARCHIVE, request.seed()));
  }

  JobState state(Job job) {
    return jobs.job(job.id()).orElseThrow().status().state();
  }

  private final class Gated implements JobType {
    private final JobType type;

    Gated(JobType type) {
      this.type = type;
    }

    @Override
    public String name() {
      return type.name();
    }

    @Override
    public JobRun open(JsonValue.Members seed, JsonValue checkpoint) throws IOException {
      JobRun run = type.open(seed, checkpoint);
      return new JobRun() {
        @Override
        public Step step() throws IOException, InterruptedException {
          begun.release();
          permits.acquire();
          return run.step();
        }

        @Override
        public JsonValue checkpoint() {
          return run.checkpoint();
        }

        @Override
        public double progress() {
          return run.progress();
        }

        @Override
        public JsonValue.Members content() {
          return run.content();
        }

        @Override
        public void close() {
          run.close();
        }
      };
    }
  }

  @Override
  public void close() throws InterruptedException {
    jobs.close();
    packing.close();
  }
}
