package org.ithil.web.label;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** The routes {@code /studies/{id}/labels} and their like, and {@code /tools/labels}. */
public final class LabelRoutes {
  private final Index index;

  public LabelRoutes(Index index) {
    this.index = index;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    routes.add(
        Route.get(
            "/tools/labels",
            request -> {
              SortedSet<String> labels = index.read(reader -> reader.labels());
              return Answer.json(json -> json.texts(labels));
            }));
    for (Level level : Level.values()) {
      String all = "/" + level.plural() + "/{id}/labels";
      routes.add(
          Route.get(
              all,
              request -> {
                SortedSet<String> labels = labels(request, level);
                return Answer.json(json -> json.texts(labels));
              }));
      String one = all + "/{label}";
      routes.add(
          Route.get(
              one,
              request ->
                  labels(request, level).contains(request.variable("label"))
                      ? Answer.done()
                      : Answer.empty(404)));
      routes.add(Route.put(one, request -> add(request, level)));
      routes.add(Route.delete(one, request -> remove(request, level)));
    }
    return routes;
  }

  private SortedSet<String> labels(Request request, Level level) {
    ResourceId id = request.resource();
    return index.read(reader -> {
      check(reader, level, id);
      return reader.labels(level, id);
    });
  }

  private Answer add(Request request, Level level) {
    String label = valid(request);
    return write(
        request,
        level,
        id ->
            writer -> {
              writer.addLabel(level, id, label);
              return true;
            });
  }

  private Answer remove(Request request, Level level) {
    String label = valid(request);
    return write(
        request,
        level,
        id ->
            writer -> {
              writer.removeLabel(level, id, label);
              return true;
            });
  }

  private Answer write(
      Request request, Level level, Function<ResourceId, Function<IndexWriter, Boolean>> change) {
    ResourceId id = request.resource();
    index.write(writer -> {
      check(writer, level, id);
      return change.apply(id).apply(writer);
    });
    return Answer.done();
  }

  /** The label of the path: letters, digits, hyphens and underscores, at most 64 of them. */
  private static String valid(Request request) {
    String label = request.variable("label");
    if (!label.matches("[A-Za-z0-9_-]{1,64}")) {
      throw ApiException.of(
          ErrorCode.PARAMETER_OUT_OF_RANGE,
          "A label must be a non-empty, alphanumeric string, possibly with '_' or '-' characters,"
              + " with maximum 64 characters, but got: "
              + label);
    }
    return label;
  }

  private static void check(IndexReader reader, Level level, ResourceId id) {
    if (!reader.exists(level, id)) {
      throw ApiException.unknownResource();
    }
  }
}
