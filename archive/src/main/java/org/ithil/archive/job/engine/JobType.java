package org.ithil.archive.job.engine;

import java.io.IOException;
import org.ithil.archive.json.JsonValue;

/** A kind of job. Registered with {@link Jobs}; has no state of its own. */
public interface JobType {
  /** Its name, as clients see it in {@code Type}; also what its rows are found by. */
  String name();

  /**
   * Whether only the server itself submits such jobs, be it for a client that waits for the end and
   * knows of no job; then clients do not see them. A few of them run at the same time, besides the
   * jobs of clients.
   */
  default boolean isSystem() {
    return false;
  }

  /**
   * Whether there is work for a system job of this type. The engine asks each second, and submits
   * one, with an empty seed, unless there is one already.
   */
  default boolean isDue() {
    return false;
  }

  /**
   * Prepares a run. Called when a job is submitted (for its first content; closed at once unless it
   * comes to run) and each time when it starts to run: at first, after a pause, after a restart of
   * the process, on another node. It is cheap: what takes time belongs into steps.
   *
   * @param seed what was submitted
   * @param checkpoint what {@link JobRun#checkpoint} gave after the last step that counts; {@link
   *     JsonValue.Null} to begin
   * @throws IOException if the job cannot run: it fails
   */
  JobRun open(JsonValue.Members seed, JsonValue checkpoint) throws IOException;
}
