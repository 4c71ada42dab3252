package org.ithil.web.archive;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.packing.PackingRequest;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.UidDictionary;
import org.ithil.dicom.dictionary.UidEntry;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobOptions;
import org.ithil.web.route.Arguments;
import org.ithil.web.route.Request;
import org.jspecify.annotations.Nullable;

/** Reads what clients want to have packed. */
final class ArchiveRequests {
  private static final JsonBody EMPTY = JsonBody.of(JsonValue.object(Map.of()));

  private final Index index;
  private final boolean utf8;

  /**
   * @param utf8 whether names are UTF-8 unless a POST says otherwise
   */
  ArchiveRequests(Index index, boolean utf8) {
    this.index = index;
    this.utf8 = utf8;
  }

  /** A request for an archive, and for its job. */
  record Wanted(PackingRequest request, JobOptions options) {}

  /** {@code GET /{level}/{id}/archive} and {@code media}. */
  Wanted get(Level level, boolean media, Request request) {
    ResourceId id = resource(level, request.variable("id"));
    Arguments arguments = request.arguments();
    return asked(media, List.of(id), id + ".zip", arguments.given("extended"), arguments);
  }

  /** {@code POST /{level}/{id}/archive} and {@code media}. */
  Wanted post(Level level, boolean media, Request request) throws IOException {
    JsonBody body =
        body(request, null) instanceof JsonValue.Members object ? JsonBody.of(object) : EMPTY;
    ResourceId id = resource(level, request.variable("id"));
    boolean bare = level == Level.SERIES && !media;
    return posted(media, List.of(id), bare, id + ".zip", false, body);
  }

  private ResourceId resource(Level level, String text) {
    return ResourceId.parse(text)
        .filter(id -> index.read(reader -> reader.exists(level, id)))
        .orElseThrow(() ->
            ApiException.of(
                ErrorCode.INEXISTENT_ITEM, "Missing resource while creating an archive: " + text));
  }

  /** {@code GET /tools/create-...}. */
  Wanted getMany(boolean media, boolean extended, Request request) {
    Arguments arguments = request.arguments();
    String list = arguments.get("resources");
    if (list == null) {
      throw ApiException.of(ErrorCode.BAD_REQUEST, "Missing resources argument");
    }
    List<String> texts = new ArrayList<>(List.of(list.split(",")));
    texts.removeIf(String::isEmpty);
    return asked(media, known(texts), "Archive.zip", extended, arguments);
  }

  /** {@code POST /tools/create-...}. */
  Wanted postMany(boolean media, boolean extended, Request request) throws IOException {
    JsonValue body = body(request, "Expected a list of resources to archive in the body");
    return switch (body) {
      case JsonValue.Items items ->
          posted(media, known(texts(items)), false, "Archive.zip", extended, EMPTY);
      case JsonValue.Members object ->
          posted(
              media,
              known(texts(object.get("Resources"))),
              false,
              "Archive.zip",
              extended,
              JsonBody.of(object));
      default -> throw ApiException.of(ErrorCode.BAD_FILE_FORMAT);
    };
  }

  private static JsonValue body(Request request, @Nullable String otherwise) throws IOException {
    try {
      return JsonBody.value(request);
    } catch (JsonFormatException | EOFException e) {
      throw otherwise == null
          ? ApiException.of(ErrorCode.BAD_FILE_FORMAT)
          : ApiException.of(ErrorCode.BAD_FILE_FORMAT, otherwise);
    }
  }

  private static List<String> texts(@Nullable JsonValue list) {
    if (list instanceof JsonValue.Items(List<JsonValue> items)
        && items.stream().allMatch(JsonValue.Text.class::isInstance)) {
      return items.stream().map(item -> ((JsonValue.Text) item).text()).toList();
    }
    throw ApiException.of(
        ErrorCode.BAD_FILE_FORMAT, "Expected a list of strings (Orthanc identifiers)");
  }

  private List<ResourceId> known(List<String> texts) {
    List<ResourceId> ids =
        texts.stream()
            .map(text -> ResourceId.parse(text).orElseThrow(ApiException::unknownResource))
            .distinct()
            .toList();
    boolean all = index.read(reader -> ids.stream().allMatch(id -> reader.level(id).isPresent()));
    if (!all) {
      throw ApiException.unknownResource();
    }
    return ids;
  }

  private static Wanted asked(
      boolean media, List<ResourceId> ids, String usual, boolean extended, Arguments arguments) {
    Optional<String> transcode = Optional.ofNullable(arguments.get("transcode"));
    transcode.ifPresent(ArchiveRequests::requireSyntax);
    String filename = arguments.get("filename");
    return new Wanted(
        new PackingRequest(
            media,
            ids,
            false,
            false,
            extended,
            transcode,
            quality(arguments),
            filename == null ? usual : filename),
        JobOptions.NONE);
  }

  private static OptionalInt quality(Arguments arguments) {
    String quality = arguments.get("lossy-quality");
    if (quality == null) {
      return OptionalInt.empty();
    }
    if (!quality.matches("[0-9]{1,9}")) {
      throw ApiException.of(
          ErrorCode.PARAMETER_OUT_OF_RANGE,
          "Expected a Unsigned Int for GET argument \"lossy-quality\", found: " + quality);
    }
    return OptionalInt.of(Integer.parseInt(quality));
  }

  private Wanted posted(
      boolean media,
      List<ResourceId> ids,
      boolean bare,
      String usual,
      boolean extended,
      JsonBody body) {
    JobOptions options = JobOptions.of(body);
    Optional<String> transcode = body.text("Transcode");
    transcode.ifPresent(ArchiveRequests::requireSyntax);
    OptionalInt quality =
        body.get("LossyQuality") == null
            ? OptionalInt.empty()
            : OptionalInt.of(body.integer("LossyQuality", 0));
    String filename = body.get("Filename") instanceof JsonValue.Text(String text) ? text : usual;
    return new Wanted(
        new PackingRequest(
            media,
            ids,
            bare,
            body.flag("Utf8", utf8),
            body.flag("Extended", extended),
            transcode,
            quality,
            filename),
        // Clients know user data of archives only if it is a text.
        new JobOptions(
            options.synchronous(),
            options.priority(),
            options.permissive(),
            options.userData().filter(JsonValue.Text.class::isInstance)));
  }

  private static void requireSyntax(String uid) {
    UidEntry entry = UidDictionary.entry(uid);
    if (entry == null || entry.type() != UidEntry.Type.TRANSFER_SYNTAX) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE, "Unknown transfer syntax: " + uid);
    }
  }
}
