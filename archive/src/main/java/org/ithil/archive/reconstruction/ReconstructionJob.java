package org.ithil.archive.reconstruction;

import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;

/** The jobs that clients see, or those that they do not see. */
final class ReconstructionJob implements JobType {
  private final Index index;
  private final Instances instances;
  private final Optional<Semaphore> turns;

  /**
   * @param turns limits how many do something at the same time; empty for the jobs that clients
   *     see, which the engine limits
   */
  ReconstructionJob(Index index, Instances instances, Optional<Semaphore> turns) {
    this.index = index;
    this.instances = instances;
    this.turns = turns;
  }

  @Override
  public String name() {
    return isSystem() ? Reconstruction.UNSEEN : Reconstruction.SEEN;
  }

  @Override
  public boolean isSystem() {
    return turns.isPresent();
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    return new ReconstructionRun(
        index, instances, Reconstruction.Seed.read(seed), seed, checkpoint, turns);
  }
}
