package org.ithil.web.modification;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.modification.Modification;
import org.ithil.archive.modification.ResourceModification;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobOptions;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** Routes that modify and anonymize whole resources, by jobs. */
public final class ResourceModifications {
  private static final String RESOURCES = "Resources";

  private final Index index;
  private final Editing editing;
  private final Modification modification;
  private final JobCalls calls;

  public ResourceModifications(
      Index index, Editing editing, Modification modification, JobCalls calls) {
    this.index = index;
    this.editing = editing;
    this.modification = modification;
    this.calls = calls;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : List.of(Level.PATIENT, Level.STUDY, Level.SERIES)) {
      String path = "/" + level.plural() + "/{id}/";
      routes.add(Route.post(path + "modify", request -> one(level, false, request)));
      routes.add(Route.post(path + "anonymize", request -> one(level, true, request)));
    }
    routes.add(Route.post("/tools/bulk-modify", request -> bulk(false, request)));
    routes.add(Route.post("/tools/bulk-anonymize", request -> bulk(true, request)));
    return List.copyOf(routes);
  }

  /** The level of what is named is not looked at, as the reference does not. */
  private Answer one(Level level, boolean anonymization, Request request) throws IOException {
    JsonBody body = EditBody.object(request);
    return answer(
        anonymization, false, level, known(List.of(request.variable("id"))), body, request);
  }

  private Answer bulk(boolean anonymization, Request request) throws IOException {
    JsonBody body = EditBody.object(request);
    List<String> names = EditBody.texts(body, RESOURCES);
    Level level = anonymization ? Level.INSTANCE : level(body);
    return answer(anonymization, true, level, known(names), body, request);
  }

  private Level level(JsonBody body) {
    Optional<String> name = body.text("Level");
    return name.isEmpty()
        ? editing.levelOf(body.object())
        : switch (name.get().toLowerCase(Locale.ROOT)) {
          case "patient", "patients" -> Level.PATIENT;
          case "study", "studies" -> Level.STUDY;
          case "series" -> Level.SERIES;
          case "instance", "instances", "image", "images" -> Level.INSTANCE;
          default ->
              throw ApiException.of(
                  ErrorCode.PARAMETER_OUT_OF_RANGE, "Invalid resource type '" + name.get() + "'");
        };
  }

  private SortedMap<ResourceId, Level> known(List<String> names) {
    return index.read(reader -> {
      SortedMap<ResourceId, Level> resources = new TreeMap<>();
      for (String name : names) {
        ResourceId id = ResourceId.parse(name).orElseThrow(ResourceModifications::unknown);
        resources.put(id, reader.level(id).orElseThrow(ResourceModifications::unknown));
      }
      return resources;
    });
  }

  private static ApiException unknown() {
    return ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE);
  }

  private Answer answer(
      boolean anonymization,
      boolean bulk,
      Level level,
      SortedMap<ResourceId, Level> resources,
      JsonBody body,
      Request request)
      throws IOException {
    JobOptions options = JobOptions.of(body);
    Optional<String> transcode = body.text("Transcode");
    transcode.ifPresent(ResourceModifications::requireSyntax);
    ResourceModification wanted =
        new ResourceModification(
            anonymization,
            bulk,
            level,
            resources,
            body.object(),
            EditBody.origin(request),
            new ResourceModification.Choices(
                body.flag("KeepSource", true),
                EditBody.keepLabels(body),
                options.permissive(),
                transcode,
                quality(body)));
    return calls.answer(options, ResourceModification.TYPE, modification.seed(wanted));
  }

  private static void requireSyntax(String uid) {
    UidEntry entry = UidDictionary.entry(uid);
    if (entry == null || entry.type() != UidEntry.Type.TRANSFER_SYNTAX) {
      throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Unknown transfer syntax UID: " + uid);
    }
  }

  private static OptionalInt quality(JsonBody body) {
    return body.get("LossyQuality") instanceof JsonValue.Whole(long number)
            && number == (int) number
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }
}
