package org.ithil.web.query;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonPart;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.text.SpecificCharacterSet;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.query.Finder;
import org.ithil.services.query.Queries;
import org.ithil.services.query.Query;
import org.ithil.services.query.QueryClient;
import org.ithil.services.query.QueryKeys;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.modality.KnownModalities;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.TagChoice;
import org.ithil.web.tags.TagForm;
import org.ithil.web.tags.TagWriter;

/** {@code POST /modalities/{id}/query}, and {@code /queries}: what came of it. */
public final class QueryRoutes {
  private static final ByteSource NOTHING = ByteSource.of(new byte[0]);
  private static final String LEVEL = "Level";
  private static final String QUERY = "Query";
  private static final String NORMALIZE = "Normalize";

  private final KnownModalities modalities;
  private final QueryClient client;
  private final Queries queries;
  private final Dictionary dictionary;
  private final KeysJson keys;
  private final Supplier<UUID> uuids;

  public QueryRoutes(
      KnownModalities modalities,
      QueryClient client,
      Queries queries,
      Dictionary dictionary,
      Supplier<UUID> uuids) {
    this.modalities = modalities;
    this.client = client;
    this.queries = queries;
    this.dictionary = dictionary;
    this.keys = new KeysJson(dictionary, client.identifier());
    this.uuids = uuids;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(Route.post("/modalities/{id}/query", this::query));
    routes.add(Route.get("/queries", this::list));
    routes.add(Route.get("/queries/{id}", this::operations));
    routes.add(Route.delete("/queries/{id}", this::delete));
    routes.add(Route.get("/queries/{id}/level", r -> Answer.text(known(r).keys().level().type())));
    routes.add(Route.get("/queries/{id}/modality", r -> Answer.text(known(r).name())));
    routes.add(Route.get("/queries/{id}/query", this::original));
    routes.add(Route.get("/queries/{id}/answers", this::answers));
    routes.add(Route.get("/queries/{id}/answers/{index}", this::answerOperations));
    routes.add(Route.get("/queries/{id}/answers/{index}/content", this::content));
    for (Level level : Level.values()) {
      if (level != Level.PATIENT) {
        routes.add(
            Route.post(
                "/queries/{id}/answers/{index}/query-" + level.plural(), r -> below(r, level)));
      }
    }
    return List.copyOf(routes);
  }

  /** How keys are written. */
  KeysJson keys() {
    return keys;
  }

  /** The query that a path names. */
  Query known(Request request) {
    return id(request).flatMap(queries::get).orElseThrow(ApiException::unknownResource);
  }

  private static Optional<UUID> id(Request request) {
    try {
      return Optional.of(UUID.fromString(request.variable("id")));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The answer of a query that a path names. */
  static DataSet answer(Query query, Request request) {
    int index;
    try {
      index = Integer.parseInt(request.variable("index"));
    } catch (NumberFormatException e) {
      throw ApiException.of(
          ErrorCode.BAD_PARAMETER_TYPE, "Syntax error in some user-supplied data");
    }
    if (index < 0 || index >= query.answers().size()) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE);
    }
    return query.answers().get(index);
  }

  private Answer query(Request request) throws IOException {
    JsonBody body = object(request);
    if (!(body.get(LEVEL) instanceof JsonValue.Text(String name))) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "The JSON body must contain field " + LEVEL);
    }
    JsonValue field = body.get(QUERY);
    if (field != null && !(field instanceof JsonValue.Members)) {
      throw ApiException.of(
          ErrorCode.BAD_FILE_FORMAT, "The field " + QUERY + " must contain a JSON object");
    }
    Level level = KeysJson.level(name);
    QueryKeys asked = keysOf(body, level);
    boolean normalize = normalize(body);
    ModalityClient.Call call = KnownModalities.call(body);
    Modality modality = modalities.of(request);
    return made(request.variable("id"), modality, call, asked, normalize);
  }

  private Answer below(Request request, Level level) throws IOException {
    Query query = known(request);
    DataSet answer = answer(query, request);
    if (!query.keys().level().isAbove(level)) {
      throw ApiException.unknownResource();
    }
    JsonBody body = object(request);
    QueryKeys asked = keysOf(body, level);
    List<Integer> parents =
        switch (query.keys().level()) {
          case PATIENT -> List.of(Tag.PatientID);
          case STUDY -> List.of(Tag.StudyInstanceUID);
          case SERIES, INSTANCE -> List.of(Tag.StudyInstanceUID, Tag.SeriesInstanceUID);
        };
    for (int tag : parents) {
      Optional<String> uid = answer.text(tag, SpecificCharacterSet.ASCII);
      if (uid.isPresent()) {
        asked = asked.with(tag, uid.get());
      }
    }
    ModalityClient.Call call =
        new ModalityClient.Call(
            query.call().localAet(),
            KnownModalities.call(body).timeout().or(query.call()::timeout));
    return made(query.name(), query.modality(), call, asked, normalize(body));
  }

  private static JsonBody object(Request request) throws IOException {
    try {
      if (JsonBody.value(request) instanceof JsonValue.Members object) {
        return JsonBody.of(object);
      }
    } catch (JsonFormatException e) {
      // Told below.
    }
    throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Must provide a JSON object");
  }

  private QueryKeys keysOf(JsonBody body, Level level) {
    JsonValue field = body.get(QUERY);
    return keys.query(level, field == null ? JsonValue.object(java.util.Map.of()) : field);
  }

  private static boolean normalize(JsonBody body) {
    return switch (body.get(NORMALIZE)) {
      case null -> true;
      case JsonValue.Flag(boolean flag) -> flag;
      default ->
          throw ApiException.of(
              ErrorCode.BAD_FILE_FORMAT, "The field " + NORMALIZE + " must contain a Boolean");
    };
  }

  private Answer made(
      String name, Modality modality, ModalityClient.Call call, QueryKeys asked, boolean normalize)
      throws IOException {
    QueryKeys sent = asked.withFileNames();
    if (normalize) {
      sent = sent.normalized(modality.manufacturer());
    }
    List<DataSet> answers;
    try (Finder finder = client.open(modality, call)) {
      answers = finder.find(sent.adapted(modality.manufacturer()));
      finder.release();
    }
    Query query = new Query(uuids.get(), name, modality, call, asked, answers);
    queries.add(query);
    String id = query.id().toString();
    return Answer.json(
        json -> json.beginObject().member("ID", id).member("Path", "/queries/" + id).endObject());
  }

  private Answer list(Request request) {
    return Answer.json(json -> json.texts(queries.ids().stream().map(UUID::toString).toList()));
  }

  private Answer operations(Request request) {
    known(request);
    return Answer.json(
        json -> json.texts(List.of("answers", "level", "modality", "query", "retrieve")));
  }

  private Answer delete(Request request) {
    id(request).ifPresent(queries::remove);
    return Answer.done();
  }

  private Answer original(Request request) {
    return Answer.json(
        keys.json(known(request).keys(), TagForm.of(request.arguments(), TagForm.FULL)));
  }

  private Answer answers(Request request) {
    Query query = known(request);
    if (!request.arguments().flag("expand", false)) {
      return Answer.json(json -> {
        json.beginArray();
        for (int i = 0; i < query.answers().size(); i++) {
          json.value(Integer.toString(i));
        }
        json.endArray();
      });
    }
    TagWriter writer = writer(request);
    return Answer.json(json -> {
      json.beginArray();
      for (DataSet answer : query.answers()) {
        writer.write(answer, NOTHING, json);
      }
      json.endArray();
    });
  }

  private Answer answerOperations(Request request) {
    Query query = known(request);
    answer(query, request);
    List<String> names = new ArrayList<>(List.of("content", "retrieve"));
    for (Level level : Level.values()) {
      if (query.keys().level().isAbove(level)) {
        names.add("query-" + level.plural());
      }
    }
    return Answer.json(json -> json.texts(names));
  }

  private Answer content(Request request) {
    DataSet answer = answer(known(request), request);
    TagWriter writer = writer(request);
    JsonPart part = json -> writer.write(answer, NOTHING, json);
    return Answer.json(part);
  }

  private TagWriter writer(Request request) {
    return new TagWriter(
        dictionary,
        SpecificCharacterSet.UTF_8,
        TagChoice.of(TagForm.of(request.arguments(), TagForm.FULL)));
  }
}
