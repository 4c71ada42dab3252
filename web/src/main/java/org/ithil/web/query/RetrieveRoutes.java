package org.ithil.web.query;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.job.Job;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.Modality.RetrieveMethod;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.query.Query;
import org.ithil.services.query.QueryKeys;
import org.ithil.services.retrieval.MoveJob;
import org.ithil.services.retrieval.RetrieveRequest;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobOptions;
import org.ithil.web.modality.KnownModalities;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.TagForm;
import org.jspecify.annotations.Nullable;

/**
 * What has a modality send: {@code /queries/{id}/retrieve}, {@code
 * /queries/{id}/answers/{n}/retrieve}, {@code /modalities/{id}/move}.
 */
public final class RetrieveRoutes {
  private static final long LIMIT = 64L << 20;
  private static final String TARGET = "TargetAet";
  private static final String METHOD = "RetrieveMethod";

  private final KnownModalities modalities;
  private final ModalityClient client;
  private final QueryRoutes queries;
  private final JobCalls jobs;
  private final KeysJson keys;
  private final RetrieveMethod usual;

  /**
   * @param usual how instances are fetched from modalities that say nothing about it
   */
  public RetrieveRoutes(
      KnownModalities modalities,
      ModalityClient client,
      QueryRoutes queries,
      JobCalls jobs,
      RetrieveMethod usual) {
    this.modalities = modalities;
    this.client = client;
    this.queries = queries;
    this.jobs = jobs;
    this.keys = queries.keys();
    this.usual = usual;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.post("/modalities/{id}/move", this::move),
        Route.post(
            "/queries/{id}/retrieve",
            r -> {
              Query query = queries.known(r);
              return retrieve(r, query, query.answers());
            }),
        Route.post(
            "/queries/{id}/answers/{index}/retrieve",
            r -> {
              Query query = queries.known(r);
              return retrieve(r, query, List.of(QueryRoutes.answer(query, r)));
            }));
  }

  private Answer move(Request request) throws IOException {
    JsonBody body = resources(request);
    Level level = KeysJson.level(((JsonValue.Text) present(body, "Level")).text());
    List<QueryKeys> parts = new ArrayList<>();
    for (JsonValue resource : ((JsonValue.Items) present(body, "Resources")).items()) {
      if (!(resource instanceof JsonValue.Members object)) {
        throw ApiException.of(
            ErrorCode.BAD_FILE_FORMAT, "Expecting an object in field 'Resources elements'");
      }
      parts.add(keys.resource(level, object).withFileNames());
    }
    Modality modality = modalities.of(request);
    return answer(body, modality, KnownModalities.call(body), target(body), parts);
  }

  private static JsonValue present(JsonBody body, String name) {
    return java.util.Objects.requireNonNull(body.get(name));
  }

  private static JsonBody resources(Request request) throws IOException {
    try {
      if (JsonBody.value(request) instanceof JsonValue.Members object
          && object.get("Level") instanceof JsonValue.Text
          && object.get("Resources") instanceof JsonValue.Items) {
        return JsonBody.of(object);
      }
    } catch (JsonFormatException e) {
      // Told below.
    }
    throw ApiException.of(
        ErrorCode.BAD_FILE_FORMAT,
        "Must provide a JSON body containing fields Resources and Level");
  }

  private Answer retrieve(Request request, Query query, List<DataSet> answers) throws IOException {
    String text = new String(request.body().readNBytes((int) LIMIT), StandardCharsets.UTF_8);
    JsonValue.@Nullable Members object = object(text);
    JsonBody body = JsonBody.of(object == null ? JsonValue.object(Map.of()) : object);
    String target = object != null || text.isBlank() ? target(body) : text.strip();
    List<QueryKeys> parts =
        answers.stream().map(answer -> part(query.keys().level(), answer)).toList();
    RetrieveMethod method = method(body, query.modality());
    if (method == RetrieveMethod.C_GET) {
      throw ApiException.of(ErrorCode.NOT_IMPLEMENTED, "C-GET is not supported yet");
    }
    ModalityClient.Call call =
        new ModalityClient.Call(
            query.call().localAet(),
            KnownModalities.call(body).timeout().or(query.call()::timeout));
    return answer(body, query.modality(), call, target, parts);
  }

  /** Null for what is no JSON: the title itself. */
  private static JsonValue.@Nullable Members object(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    JsonValue value;
    try {
      value = new JsonReader(LIMIT).read(new ByteArrayInputStream(bytes));
    } catch (JsonFormatException e) {
      return null;
    }
    return switch (value) {
      case JsonValue.Members object -> object;
      case JsonValue.Items _, JsonValue.Text _ ->
          throw ApiException.of(
              ErrorCode.INTERNAL_ERROR,
              "An unhandled exception was generated inside the HTTP server");
      case JsonValue.Whole _, JsonValue.Real _, JsonValue.Flag _, JsonValue.Null _ -> null;
    };
  }

  private String target(JsonBody body) {
    return switch (body.get(TARGET)) {
      case null -> client.rules().aet();
      case JsonValue.Text(String text) -> text;
      default -> throw ApiException.of(ErrorCode.BAD_PARAMETER_TYPE);
    };
  }

  private RetrieveMethod method(JsonBody body, Modality modality) {
    Optional<String> asked = body.text(METHOD);
    RetrieveMethod method = modality.retrieveMethod();
    if (asked.isPresent()) {
      method = named(asked.get());
      if (method == RetrieveMethod.SYSTEM_DEFAULT) {
        method = usual;
      }
    }
    return method == RetrieveMethod.SYSTEM_DEFAULT ? usual : method;
  }

  private static RetrieveMethod named(String name) {
    for (RetrieveMethod method : RetrieveMethod.values()) {
      if (method.key().equals(name)) {
        return method;
      }
    }
    throw ApiException.of(
        ErrorCode.PARAMETER_OUT_OF_RANGE,
        "RetrieveMethod can be \"C-MOVE\", \"C-GET\" or \"SystemDefault\": " + name);
  }

  /** What an answer says about which resource it is. */
  private static QueryKeys part(Level level, DataSet answer) {
    List<Integer> wanted = new ArrayList<>(QueryKeys.unique(level));
    if (level != Level.PATIENT) {
      wanted.add(Tag.AccessionNumber);
    }
    if (level == Level.INSTANCE) {
      wanted.add(Tag.MediaStorageSOPInstanceUID);
    }
    SortedMap<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    for (int tag : wanted) {
      answer.text(tag, SpecificCharacterSet.UTF_8).ifPresent(text -> texts.put(tag, text));
    }
    return new QueryKeys(level, texts);
  }

  private Answer answer(
      JsonBody body,
      Modality modality,
      ModalityClient.Call call,
      String target,
      List<QueryKeys> parts)
      throws IOException {
    JobOptions options = JobOptions.of(body);
    TagForm form =
        body.flag("Simplify", false)
            ? TagForm.SIMPLIFIED
            : body.flag("Full", false) ? TagForm.FULL : TagForm.SHORT;
    List<QueryKeys> levelled =
        parts.stream()
            .map(part -> part.with(Tag.QueryRetrieveLevel, QueryKeys.name(part.level())))
            .toList();
    Duration timeout = client.timeout(modality, call);
    RetrieveRequest wanted =
        new RetrieveRequest(
            modality,
            new ModalityClient.Call(
                Optional.of(client.localAet(modality, call)), Optional.of(timeout)),
            target,
            options.permissive(),
            levelled,
            levelled.stream().<JsonValue>map(part -> keys.json(part, form)).toList());
    Submission submission = JobCalls.submission(options, MoveJob.NAME, wanted.seed());
    if (!options.synchronous()) {
      return jobs.submitted(submission);
    }
    Job end = jobs.end(submission);
    if (end.status().failure().isEmpty()) {
      return Answer.json(end.status().content());
    }
    JsonValue details = end.status().content().get("Details");
    throw JobCalls.failure(end.status().failure().get())
        .withPayload(
            JsonValue.object(
                Map.of(
                    "Type",
                    new JsonValue.Text("RetrieveJob"),
                    "Content",
                    details == null ? new JsonValue.Null() : details)));
  }
}
