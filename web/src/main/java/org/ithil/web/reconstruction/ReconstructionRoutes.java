package org.ithil.web.reconstruction;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.Archive;
import org.ithil.archive.index.Index;
import org.ithil.archive.job.JobFailure;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.reconstruction.Reconstruction;
import org.ithil.archive.reconstruction.Reconstruction.Target;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobOptions;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * The routes {@code /studies/{id}/reconstruct} and their like, {@code /tools/reconstruct} and
 * {@code /tools/invalidate-tags}. Bodies are taken as leniently as by the reference. It knows of no
 * job here, so clients see one only if they ask for it by {@code Asynchronous}.
 */
public final class ReconstructionRoutes {
  private final Index index;
  private final Retrieval retrieval;
  private final Reconstruction reconstruction;
  private final Jobs jobs;
  private final JobCalls calls;

  public ReconstructionRoutes(Archive archive, Jobs jobs) {
    this.index = archive.index();
    this.retrieval = archive.retrieval();
    this.reconstruction = archive.reconstruction();
    this.jobs = jobs;
    this.calls = new JobCalls(jobs);
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : Level.values()) {
      routes.add(Route.post("/" + level.plural() + "/{id}/reconstruct", this::one));
    }
    routes.add(Route.post("/tools/reconstruct", this::all));
    routes.add(
        Route.post(
            "/tools/invalidate-tags",
            request -> {
              retrieval.forgetHeaders();
              return Answer.done();
            }));
    return List.copyOf(routes);
  }

  /** The level of the identifier counts, not that of the path. */
  private Answer one(Request request) throws IOException {
    ResourceId id = request.resource();
    Level level = index.read(reader -> reader.level(id)).orElseThrow(ApiException::unknownResource);
    JsonBody body = body(request);
    return answer(
        body,
        new Reconstruction.Request(
            Optional.of(new Target(level, id)),
            flag(body, "ReconstructFiles"),
            flag(body, "LimitToThisLevelMainDicomTags")));
  }

  private Answer all(Request request) throws IOException {
    JsonBody body = body(request);
    return answer(
        body, new Reconstruction.Request(Optional.empty(), flag(body, "ReconstructFiles"), false));
  }

  /** What is no JSON counts as an empty object. */
  private static JsonBody body(Request request) throws IOException {
    JsonValue value;
    try {
      value = JsonBody.value(request);
    } catch (JsonFormatException e) {
      value = new JsonValue.Null();
    }
    return switch (value) {
      case JsonValue.Members object -> JsonBody.of(object);
      case JsonValue.Null() -> JsonBody.of(new JsonValue.Members(new TreeMap<>()));
      default -> throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    };
  }

  private static boolean flag(JsonBody body, String name) {
    return switch (body.get(name)) {
      case null -> false;
      case JsonValue.Flag(boolean flag) -> flag;
      default ->
          throw ApiException.of(
              ErrorCode.BAD_FILE_FORMAT, "The field " + name + " must contain a Boolean");
    };
  }

  private Answer answer(JsonBody body, Reconstruction.Request wanted) throws IOException {
    if (isTrue(body, "Asynchronous") || isFalse(body, "Synchronous")) {
      JobOptions options = JobOptions.of(body);
      Submission seen = reconstruction.submission(wanted, true);
      return calls.submitted(JobCalls.submission(options, seen.type(), seen.seed()));
    }
    Optional<JobFailure> failure;
    try {
      failure = jobs.run(reconstruction.submission(wanted, false)).status().failure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the wait for a job was interrupted");
    }
    if (failure.isPresent()) {
      throw JobCalls.failure(failure.get());
    }
    return Answer.done();
  }

  private static boolean isTrue(JsonBody body, String name) {
    return body.get(name) instanceof JsonValue.Flag(boolean flag) && flag;
  }

  private static boolean isFalse(JsonBody body, String name) {
    return body.get(name) instanceof JsonValue.Flag(boolean flag) && !flag;
  }
}
