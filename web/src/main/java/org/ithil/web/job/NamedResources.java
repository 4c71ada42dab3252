package org.ithil.web.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Request;

/**
 * The resources that a request wants to be sent: one identifier as text, a list of identifiers, or
 * an object with {@code Resources} and options.
 *
 * @param names as they were given, unchecked, some maybe twice
 * @param options the object; an empty one for the short forms
 */
public record NamedResources(List<String> names, JsonBody options) {
  /** Most bytes of a body: some hundred thousand identifiers. */
  private static final int LIMIT = 64 << 20;

  /**
   * What identifiers stand for.
   *
   * @param resources what was named, with levels
   * @param instances all below, in the order named; in each of them by series and by number
   */
  public record Found(SortedMap<ResourceId, Level> resources, List<ResourceId> instances) {}

  /**
   * Reads them.
   *
   * @throws ApiException for anything else
   */
  public static NamedResources of(Request request) throws IOException {
    String text = request.text(LIMIT).strip();
    Optional<ResourceId> alone = ResourceId.parse(text);
    if (alone.isPresent()) {
      return new NamedResources(List.of(text), none());
    }
    return switch (parsed(text)) {
      case JsonValue.Text(String id) -> new NamedResources(List.of(id), none());
      case JsonValue.Items(List<JsonValue> items) -> new NamedResources(texts(items), none());
      case JsonValue.Members object -> new NamedResources(resources(object), JsonBody.of(object));
      default -> throw malformed("Must provide a JSON object, or a JSON array of strings");
    };
  }

  private static JsonValue parsed(String text) throws IOException {
    try {
      return new JsonReader(LIMIT)
          .read(
              new java.io.ByteArrayInputStream(
                  text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    } catch (JsonFormatException e) {
      throw malformed("Must provide a JSON value");
    }
  }

  private static JsonBody none() {
    return JsonBody.of(new JsonValue.Members(new TreeMap<>()));
  }

  private static List<String> resources(JsonValue.Members object) {
    return switch (object.get("Resources")) {
      case null -> throw malformed("Missing field in JSON: \"Resources\"");
      case JsonValue.Items(List<JsonValue> items) -> texts(items);
      default -> throw malformed("JSON field \"Resources\" must contain an array");
    };
  }

  private static List<String> texts(List<JsonValue> items) {
    List<String> texts = new ArrayList<>(items.size());
    for (JsonValue item : items) {
      if (!(item instanceof JsonValue.Text(String id))) {
        throw malformed("Resources to be exported must be specified as a JSON array of strings");
      }
      texts.add(id);
    }
    return texts;
  }

  private static ResourceId id(String text) {
    return ResourceId.parse(text)
        .orElseThrow(() -> malformed("This string is not a valid Orthanc identifier: " + text));
  }

  private static ApiException malformed(String details) {
    return ApiException.of(ErrorCode.BAD_FILE_FORMAT, details);
  }

  /**
   * The identifiers.
   *
   * @throws ApiException for the first that is none
   */
  public List<ResourceId> ids() {
    return names.stream().map(NamedResources::id).toList();
  }

  /** The identifiers in front of the first that is none. */
  public List<ResourceId> leading() {
    return names.stream()
        .map(ResourceId::parse)
        .takeWhile(Optional::isPresent)
        .map(Optional::orElseThrow)
        .toList();
  }

  /**
   * Looks them up.
   *
   * @throws ApiException UNKNOWN_RESOURCE if one of them is unknown
   */
  public Found find(Index index) {
    return index.read(this::find);
  }

  private Found find(IndexReader reader) {
    SortedMap<ResourceId, Level> resources = new TreeMap<>();
    List<ResourceId> instances = new ArrayList<>();
    for (ResourceId id : ids()) {
      Level level =
          reader
              .level(id)
              .orElseThrow(() ->
                  ApiException.of(
                      ErrorCode.UNKNOWN_RESOURCE, "There is no resource with identifier " + id));
      resources.put(id, level);
      addInstances(reader, level, id, instances);
    }
    return new Found(resources, instances);
  }

  private static void addInstances(
      IndexReader reader, Level level, ResourceId id, List<ResourceId> instances) {
    switch (level) {
      case INSTANCE -> instances.add(id);
      case SERIES -> instances.addAll(inSeries(reader, id));
      case PATIENT, STUDY ->
          reader
              .descendants(level, id, Level.SERIES)
              .forEach(series -> instances.addAll(inSeries(reader, series)));
    }
  }

  /** By their numbers in the series; those without one come last. */
  private static List<ResourceId> inSeries(IndexReader reader, ResourceId series) {
    record Numbered(ResourceId id, long number) {}
    return reader.descendants(Level.SERIES, series, Level.INSTANCE).stream()
        .map(id -> new Numbered(id, number(reader, id)))
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::id)
        .toList();
  }

  private static long number(IndexReader reader, ResourceId instance) {
    return reader
        .metadata(Level.INSTANCE, instance, Metadata.INDEX_IN_SERIES)
        .map(Metadata.Entry::text)
        .filter(text -> text.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .orElse(Long.MAX_VALUE);
  }
}
