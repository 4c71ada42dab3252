package org.ithil.services.sending;

import org.ithil.archive.index.Index;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.services.modality.ModalityClient;

/** The job that sends instances to a modality; its seed is a {@link StoreRequest}. */
public final class StoreJob implements JobType {
  /** Its type, as clients see it. */
  public static final String NAME = "DicomModalityStore";

  private final Index index;
  private final Retrieval retrieval;
  private final ModalityClient client;
  private final SendingRules rules;

  public StoreJob(Index index, Retrieval retrieval, ModalityClient client, SendingRules rules) {
    this.index = index;
    this.retrieval = retrieval;
    this.client = client;
    this.rules = rules;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    return new StoreRun(
        StoreRequest.of(seed), StoreRun.Done.of(checkpoint), index, retrieval, client, rules);
  }
}
