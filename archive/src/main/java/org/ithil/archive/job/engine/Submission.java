package org.ithil.archive.job.engine;

import java.util.Optional;
import org.ithil.archive.json.JsonValue;

/**
 * A job to be taken in.
 *
 * @param type name of a registered {@link JobType}
 * @param seed what the type needs to begin
 * @param priority higher ones run first
 * @param userData what the client wants to find again with the job
 * @param ready the first run, already opened: for one that is bound to the caller, such as one that
 *     answers him while it runs. A later run is opened from the seed
 */
public record Submission(
    String type,
    JsonValue.Members seed,
    int priority,
    Optional<JsonValue> userData,
    Optional<JobRun> ready) {
  /** A job of ordinary priority. */
  public static Submission of(String type, JsonValue.Members seed) {
    return new Submission(type, seed, 0, Optional.empty(), Optional.empty());
  }

  /** The same, with a first run. */
  public Submission with(JobRun run) {
    return new Submission(type, seed, priority, userData, Optional.of(run));
  }
}
