package org.ithil.web.job;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.BlobStore;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.JobOutput;
import org.ithil.archive.job.JobState.Action;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** {@code /jobs}: the list, each job, what can be done with it, and what it left. */
public final class JobRoutes {
  private final Jobs jobs;
  private final BlobStore blobs;
  private final Clock clock;

  public JobRoutes(Jobs jobs, BlobStore blobs, Clock clock) {
    this.jobs = jobs;
    this.blobs = blobs;
    this.clock = clock;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.get("/jobs", this::list));
    routes.add(Route.get("/jobs/{job}", this::get));
    routes.add(Route.delete("/jobs/{job}", this::delete));
    routes.add(Route.get("/jobs/{job}/events", new JobEvents(jobs, clock)::answer));
    routes.add(Route.get("/jobs/{job}/{key}", this::output));
    routes.add(Route.delete("/jobs/{job}/{key}", this::deleteOutput));
    action(routes, "cancel", Action.CANCEL);
    action(routes, "pause", Action.PAUSE);
    action(routes, "resume", Action.RESUME);
    action(routes, "resubmit", Action.RESUBMIT);
    return List.copyOf(routes);
  }

  private void action(List<Route> routes, String name, Action action) {
    routes.add(
        Route.post(
            "/jobs/{job}/" + name,
            request -> {
              if (!act(request, action)) {
                return Answer.empty(400);
              }
              return Answer.bytes(new byte[] {'{', '}'}, "application/json");
            }));
  }

  private boolean act(Request request, Action action) throws InterruptedIOException {
    Optional<UUID> id = id(request);
    try {
      return id.isPresent() && jobs.act(id.get(), action);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private Answer list(Request request) {
    List<UUID> ids = jobs.ids();
    if (!request.arguments().flag("expand", false)) {
      return Answer.json(json -> json.texts(ids.stream().map(UUID::toString).toList()));
    }
    Instant now = clock.instant();
    return Answer.json(json -> {
      json.beginArray();
      for (UUID id : ids) {
        Optional<Job> job = jobs.job(id);
        if (job.isPresent()) {
          new JobJson(job.get(), now).write(json);
        }
      }
      json.endArray();
    });
  }

  private Answer get(Request request) {
    return id(request)
        .flatMap(jobs::job)
        .map(job -> Answer.json(new JobJson(job, clock.instant())))
        .orElseGet(() -> Answer.empty(404));
  }

  private Answer delete(Request request) throws InterruptedIOException {
    if (!act(request, Action.DELETE)) {
      throw ApiException.of(
          ErrorCode.INEXISTENT_ITEM, "No job found with this id: " + request.variable("job"));
    }
    return Answer.done();
  }

  private Answer output(Request request) throws IOException {
    JobOutput output =
        id(request)
            .flatMap(id -> jobs.output(id, request.variable("key")))
            .orElseThrow(() -> noOutput(request));
    Blob blob = blobs.open(output.blob());
    return Answer.file(blob.channel(0, blob.size()), blob.size(), output.mediaType())
        .saved(output.filename())
        .holding(blob::close);
  }

  private Answer deleteOutput(Request request) {
    String key = request.variable("key");
    if (!id(request).map(id -> jobs.removeOutput(id, key)).orElse(false)) {
      throw noOutput(request);
    }
    return Answer.done();
  }

  private static ApiException noOutput(Request request) {
    return ApiException.of(
        ErrorCode.INEXISTENT_ITEM, "Job has no such output: " + request.variable("key"));
  }

  static Optional<UUID> id(Request request) {
    try {
      UUID id = UUID.fromString(request.variable("job"));
      return id.toString().equals(request.variable("job")) ? Optional.of(id) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
