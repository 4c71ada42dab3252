package org.ithil.services.retrieval;

import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.query.Identifier;

/**
 * Asks a modality to send: C-MOVE as SCU. The seed is a {@link RetrieveRequest}; each step is one
 * C-MOVE, which is made again if it was stopped in the middle.
 */
public final class MoveJob implements JobType {
  /** The name of the type. */
  public static final String NAME = "DicomMoveScu";

  private final ModalityClient client;
  private final Identifier identifier;
  private final Arrivals arrivals;

  /**
   * @param arrivals hears of what our storage receives, so that a job can tell what has come to
   *     ourselves
   */
  public MoveJob(ModalityClient client, Identifier identifier, Arrivals arrivals) {
    this.client = client;
    this.identifier = identifier;
    this.arrivals = arrivals;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    return new MoveRun(
        RetrieveRequest.of(seed), Outcome.of(checkpoint), client, identifier, arrivals);
  }
}
