package org.ithil.web.job;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobState;
import org.ithil.archive.json.JsonPart;
import org.ithil.archive.json.JsonWriter;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.system.Timestamps;

/**
 * How clients see a job.
 *
 * @param now the moment of the answer
 */
record JobJson(Job job, Instant now) implements JsonPart {
  private static final String SUCCESS = "Success";

  /** Below this, nothing can be said about the end. */
  private static final double ENOUGH = 0.01;

  @Override
  public void write(JsonWriter json) throws IOException {
    Job.Status status = job.status();
    json.beginObject();
    if (status.completed().isPresent()) {
      json.member("CompletionTime", Timestamps.exact(status.completed().get()));
    }
    json.member("Content", status.content())
        .member("CreationTime", Timestamps.exact(job.request().created()))
        .name("EffectiveRuntime")
        .value(status.runtime().toMillis() / 1000.0);
    if (status.failure().isPresent()) {
      var failure = status.failure().get();
      json.member("ErrorCode", failure.code())
          .member("ErrorDescription", ErrorCode.of(failure.code()).text())
          .member("ErrorDetails", failure.details());
      if (failure.payload().isPresent()) {
        json.member("ErrorPayload", failure.payload().get());
      }
    } else {
      json.member("ErrorCode", 0).member("ErrorDescription", SUCCESS).member("ErrorDetails", "");
    }
    double progress = status.progress();
    if (status.state() == JobState.RUNNING && progress > ENOUGH && !status.runtime().isZero()) {
      json.member("EstimatedTimeOfArrival", Timestamps.exact(now.plus(remaining(status))));
    }
    json.member("ID", job.id().toString())
        .member("Priority", job.request().priority())
        .member("Progress", (int) Math.floor(100 * progress))
        .member("State", status.state().text())
        .member("Timestamp", Timestamps.exact(now))
        .member("Type", job.request().type());
    if (job.request().userData().isPresent()) {
      json.member("UserData", job.request().userData().get());
    }
    json.endObject();
  }

  private static Duration remaining(Job.Status status) {
    double millis = status.runtime().toMillis() * (1 - status.progress()) / status.progress();
    return Duration.ofMillis((long) millis);
  }
}
