package org.ithil.web.modification;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.Modification;
import org.ithil.archive.modification.ResourceModification.Choices;
import org.ithil.archive.modification.StudyMerge;
import org.ithil.archive.modification.StudySplit;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobOptions;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** The routes {@code /studies/{id}/split} and {@code merge}. */
public final class StudyRegrouping {
  private static final JsonBody NOTHING = JsonBody.of(JsonValue.object(Map.of()));

  private final Modification modification;
  private final JobCalls calls;

  public StudyRegrouping(Modification modification, JobCalls calls) {
    this.modification = modification;
    this.calls = calls;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.post("/studies/{id}/split", this::split),
        Route.post("/studies/{id}/merge", this::merge));
  }

  private Answer split(Request request) throws IOException {
    JsonBody body =
        switch (EditBody.value(request)) {
          case JsonValue.Members object -> JsonBody.of(object);
          case JsonValue.Null _ -> NOTHING;
          default -> throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
        };
    JobOptions options = JobOptions.of(body);
    StudySplit wanted =
        new StudySplit(
            request.variable("id"),
            named(body, "Series"),
            named(body, "Instances"),
            Objects.requireNonNullElseGet(body.get("Replace"), JsonValue.Null::new),
            Objects.requireNonNullElseGet(body.get("Remove"), JsonValue.Null::new),
            EditBody.origin(request),
            Choices.of(body.flag("KeepSource", false), options.permissive()));
    return calls.answer(options, StudySplit.TYPE, modification.seed(wanted));
  }

  private static List<String> named(JsonBody body, String name) {
    return body.get(name) == null ? List.of() : EditBody.texts(body, name);
  }

  private Answer merge(Request request) throws IOException {
    // Whatever is no object has no resources.
    JsonBody body =
        EditBody.value(request) instanceof JsonValue.Members object ? JsonBody.of(object) : NOTHING;
    List<String> resources = EditBody.texts(body, "Resources");
    JobOptions options = JobOptions.of(body);
    StudyMerge wanted =
        new StudyMerge(
            request.variable("id"),
            resources,
            EditBody.origin(request),
            Choices.of(body.flag("KeepSource", false), options.permissive()));
    return calls.answer(options, StudyMerge.TYPE, modification.seed(wanted));
  }
}
