package org.ithil.archive.job;

import java.util.Optional;
import org.ithil.archive.json.JsonValue;

/**
 * Why a job failed, in the vocabulary of clients.
 *
 * @param code number of the error ({@code ErrorCode})
 * @param details a sentence more ({@code ErrorDetails}); may be empty
 * @param payload what a program may want to know ({@code ErrorPayload})
 */
public record JobFailure(int code, String details, Optional<JsonValue> payload) {
  /** The code of a job that was cancelled. */
  public static final int CANCELED_CODE = 37;

  /** What a cancelled job has failed with. */
  public static final JobFailure CANCELED = new JobFailure(CANCELED_CODE, "", Optional.empty());
}
