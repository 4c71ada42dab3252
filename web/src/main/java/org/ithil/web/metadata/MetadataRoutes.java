package org.ithil.web.metadata;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** The routes {@code /studies/{id}/metadata} and their like. */
public final class MetadataRoutes {
  private final Index index;
  private final Metadata metadata;
  private final MetadataWriting writing;

  /**
   * The routes.
   *
   * @param metadata names of metadata
   * @param longest most bytes of a value that is written
   * @param checkRevisions whether writers must know the last revision
   */
  public MetadataRoutes(
      Index index, Metadata metadata, int longest, boolean checkRevisions, InstantSource clock) {
    this.index = index;
    this.metadata = metadata;
    this.writing = new MetadataWriting(index, metadata, longest, checkRevisions, clock);
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : Level.values()) {
      String all = "/" + level.plural() + "/{id}/metadata";
      routes.add(Route.get(all, request -> list(request, level)));
      String one = all + "/{name}";
      routes.add(Route.get(one, request -> value(request, level)));
      routes.add(Route.put(one, writing::put));
      routes.add(Route.delete(one, writing::delete));
    }
    return routes;
  }

  private Map<Integer, Metadata.Entry> entries(Request request, Level level) {
    return ResourceId.parse(request.variable("id"))
        .flatMap(id -> index.read(reader -> reader.metadata(level, id)))
        .orElseThrow(ApiException::unknownResource);
  }

  private Answer list(Request request, Level level) {
    Map<Integer, Metadata.Entry> entries = entries(request, level);
    boolean numeric = request.arguments().given("numeric");
    if (!request.arguments().flag("expand", false)) {
      return Answer.json(json -> {
        json.beginArray();
        for (int number : entries.keySet()) {
          if (numeric) {
            json.value(number);
          } else {
            json.value(metadata.name(number));
          }
        }
        json.endArray();
      });
    }
    TreeMap<String, String> named = new TreeMap<>();
    entries.forEach((number, entry) ->
        named.put(numeric ? Integer.toString(number) : metadata.name(number), entry.text()));
    return Answer.json(json -> {
      json.beginObject();
      for (Map.Entry<String, String> entry : named.entrySet()) {
        json.member(entry.getKey(), entry.getValue());
      }
      json.endObject();
    });
  }

  private Answer value(Request request, Level level) {
    Map<Integer, Metadata.Entry> entries = entries(request, level);
    String name = request.variable("name");
    Metadata.Entry entry = null;
    // A number that is none of a value is absent like any other.
    if (!name.matches("-?[0-9]+") || metadata.number(name).isPresent()) {
      OptionalInt number = metadata.number(name);
      entry = entries.get(number.orElseThrow(() -> ApiException.of(ErrorCode.INEXISTENT_ITEM)));
    }
    if (entry == null) {
      return Answer.empty(404);
    }
    byte[] bytes = entry.text().getBytes(StandardCharsets.UTF_8);
    return ETag.of(entry.revision(), bytes).answer(request, Answer.bytes(bytes, "text/plain"));
  }
}
