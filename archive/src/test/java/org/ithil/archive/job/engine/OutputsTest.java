package org.ithil.archive.job.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {
  @TempDir Path folder;

  private static JobOutput output(String name) {
    return new JobOutput(name, "application/zip", name + ".zip", UUID.randomUUID(), 12);
  }

  private static Job job(Index index) {
    Job job =
        new Job(
            UUID.randomUUID(),
            0,
            new Job.Request(
                "Test",
                false,
                0,
                JsonValue.object(java.util.Map.of()),
                Optional.empty(),
                java.time.Instant.EPOCH),
            Job.Status.pending(JsonValue.object(java.util.Map.of())));
    return index.write(writer -> writer.jobs().add(job, false, Optional.empty()));
  }

  private static Optional<JobOutput> kept(Index index, Job job) {
    return index.read(reader -> reader.jobs().output(job.id(), "archive"));
  }

  private static List<UUID> removals(Index index) {
    return index.read(reader -> reader.removals(Optional.empty(), 10));
  }

  private static List<UUID> named(Index index) {
    return index.read(reader -> reader.namedBlobs(Optional.empty(), 10)).stream()
        .map(named -> named.blob())
        .toList();
  }

  @Test
  void the_outputs_used_longest_ago_are_forgotten_and_their_blobs_are_to_be_removed() {
    try (Index index = new SqliteIndex(folder, 1)) {
      List<Job> jobs = List.of(job(index), job(index), job(index));
      List<JobOutput> outputs = List.of(output("archive"), output("archive"), output("archive"));
      index.write(writer -> {
        for (int i = 0; i < 3; i++) {
          writer.jobs().addOutput(jobs.get(i).id(), outputs.get(i));
        }
        writer.jobs().useOutput(jobs.getFirst().id(), "archive");
        writer.jobs().forgetOutputs(2);
        return true;
      });
      assertThat(kept(index, jobs.get(0))).contains(outputs.get(0));
      assertThat(kept(index, jobs.get(1))).isEmpty();
      assertThat(kept(index, jobs.get(2))).contains(outputs.get(2));
      assertThat(removals(index)).containsExactly(outputs.get(1).blob());
    }
  }

  @Test
  void the_blob_of_an_output_is_named_like_that_of_an_attachment_so_that_no_sweep_takes_it() {
    try (Index index = new SqliteIndex(folder, 1)) {
      Job job = job(index);
      JobOutput output = output("archive");
      index.write(writer -> {
        writer.jobs().addOutput(job.id(), output);
        return true;
      });
      assertThat(named(index)).containsExactly(output.blob());
    }
  }

  @Test
  void a_job_that_is_deleted_takes_its_outputs_along() {
    try (Index index = new SqliteIndex(folder, 1)) {
      Job job = job(index);
      JobOutput output = output("archive");
      index.write(writer -> {
        writer.jobs().addOutput(job.id(), output);
        writer.jobs().delete(job.id());
        return true;
      });
      assertThat(kept(index, job)).isEmpty();
      assertThat(removals(index)).containsExactly(output.blob());
    }
  }

  @Test
  void what_no_job_got_is_to_be_removed_and_what_one_got_never() {
    try (Index index = new SqliteIndex(folder, 1)) {
      Job job = job(index);
      JobOutput named = output("archive");
      JobOutput unnamed = output("archive");
      index.write(writer -> {
        writer.jobs().addOutput(job.id(), named);
        writer.jobs().discard(named);
        writer.jobs().discard(unnamed);
        return true;
      });
      assertThat(removals(index)).containsExactly(unnamed.blob());
      assertThat(kept(index, job)).contains(named);
    }
  }
}
