package org.ithil.archive.job.engine;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.sqlite.SqliteIndex;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.JobState;

/** An engine of scripted jobs over an index in a folder. */
final class Engine implements AutoCloseable {
  final Scripted type;
  final Index index;
  final Jobs jobs;

  /** Rules to be varied. */
  record Rules(String owner, int concurrent, int history, boolean save, boolean load) {
    Rules concurrent(int number) {
      return new Rules(owner, number, history, save, load);
    }

    Rules history(int number) {
      return new Rules(owner, concurrent, number, save, load);
    }

    Rules owner(String name) {
      return new Rules(name, concurrent, history, save, load);
    }

    Rules save(boolean flag) {
      return new Rules(owner, concurrent, history, flag, load);
    }

    Rules load(boolean flag) {
      return new Rules(owner, concurrent, history, save, flag);
    }

    JobRules made(Duration lease) {
      return new JobRules(owner, concurrent, 1, history, 1, save, load, lease, Duration.ZERO);
    }
  }

  static Rules rules() {
    return new Rules("here", 2, 10, true, true);
  }

  Engine(Path folder) {
    this(folder, rules());
  }

  Engine(Path folder, Rules rules) {
    this(folder, rules.made(Duration.ofSeconds(30)), new Scripted());
  }

  Engine(Path folder, JobRules rules, Scripted type) {
    this(new SqliteIndex(folder, 4), rules, type);
  }

  Engine(Index index, JobRules rules, Scripted type) {
    this.type = type;
    this.index = index;
    jobs =
        new Jobs(
            rules,
            List.of(type),
            new Jobs.Surroundings(
                index,
                thrown -> new JobFailure(9, String.valueOf(thrown.getMessage()), Optional.empty()),
                Clock.systemUTC(),
                UUID::randomUUID));
  }

  /** Waits until a job is in a state. */
  Job await(UUID id, JobState state) throws InterruptedException {
    while (true) {
      Optional<Job> job = jobs.job(id);
      if (job.isPresent() && job.get().status().state() == state) {
        return job.get();
      }
      Thread.sleep(2);
    }
  }

  /** Waits until nothing waits or runs. */
  void awaitAll() throws InterruptedException {
    while (jobs.counts().keySet().stream().anyMatch(state -> !state.isFinal())) {
      Thread.sleep(2);
    }
  }

  @Override
  public void close() throws InterruptedException {
    jobs.close();
    index.close();
  }
}
