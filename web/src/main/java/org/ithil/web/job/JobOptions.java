package org.ithil.web.job;

import java.util.Optional;
import org.ithil.archive.json.JsonValue;
import org.ithil.web.body.JsonBody;

/**
 * The fields that every request for a job may have.
 *
 * @param synchronous whether the answer comes when the job has ended ({@code Synchronous}, else the
 *     opposite of {@code Asynchronous}, else true)
 * @param priority {@code Priority}, default 0
 * @param permissive whether the job goes on when a part of it fails ({@code Permissive})
 * @param userData {@code UserData}, kept with the job
 */
public record JobOptions(
    boolean synchronous, int priority, boolean permissive, Optional<JsonValue> userData) {
  /** Without any field. */
  public static final JobOptions NONE = new JobOptions(true, 0, false, Optional.empty());

  /** Reads them. */
  public static JobOptions of(JsonBody body) {
    boolean synchronous =
        body.get("Synchronous") == null
            ? !body.flag("Asynchronous", false)
            : body.flag("Synchronous", true);
    return new JobOptions(
        synchronous,
        body.integer("Priority", 0),
        body.flag("Permissive", false),
        Optional.ofNullable(body.get("UserData")));
  }
}
