package org.ithil.web.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.Archive;
import org.ithil.archive.deletion.Deletion;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.Page;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Metadata;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.RequestedTags;
import org.ithil.web.tags.TagForm;

/**
 * The routes of resources: lists, {@code /studies/{id}} and its like (GET and DELETE), their
 * children and parents, and the protection of patients.
 */
public final class ResourceRoutes {
  private final Index index;
  private final Deletion deletion;
  private final ResourceWriter writer;
  private final RequestedTags requestedTags;

  public ResourceRoutes(
      Archive archive, Metadata metadata, Dictionary dictionary, RequestedTags requestedTags) {
    this.index = archive.index();
    this.deletion = archive.deletion();
    this.writer = new ResourceWriter(dictionary, metadata, requestedTags);
    this.requestedTags = requestedTags;
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>(new ListRoutes(index, writer, requestedTags).routes());
    for (Level level : Level.values()) {
      String one = "/" + level.plural() + "/{id}";
      routes.add(Route.get(one, request -> single(request, level)));
      routes.add(Route.delete(one, request -> delete(request, level)));
      for (Level other : Level.values()) {
        if (level.isAbove(other)) {
          routes.add(
              Route.get(one + "/" + other.plural(), request -> children(request, level, other)));
        } else if (other.isAbove(level)) {
          String name = other.type().toLowerCase(java.util.Locale.ROOT);
          routes.add(Route.get(one + "/" + name, request -> parent(request, level, other)));
        }
      }
    }
    routes.add(Route.get("/patients/{id}/protected", this::isProtected));
    routes.add(Route.put("/patients/{id}/protected", this::protect));
    return routes;
  }

  private Answer single(Request request, Level level) {
    Optional<ResourceId> id = ResourceId.parse(request.variable("id"));
    if (id.isEmpty()) {
      return Answer.empty(404);
    }
    ResourceWriter.Form form = ListRoutes.form(request, level, null, requestedTags);
    Optional<Described> described = index.read(reader -> described(reader, level, id.get()));
    return described.isEmpty() ? Answer.empty(404) : answer(described.get(), form);
  }

  private static Optional<Described> described(IndexReader reader, Level level, ResourceId id) {
    return reader.resource(level, id).map(resource -> Described.of(resource, null, reader));
  }

  private Answer answer(Described described, ResourceWriter.Form form) {
    return Answer.json(json -> writer.write(json, described, form));
  }

  private Answer children(Request request, Level level, Level lower) {
    ResourceId id = request.resource();
    index.read(reader -> {
      check(reader, level, id);
      return true;
    });
    if (!request.arguments().flag("expand", true)) {
      return Answer.json(json -> {
        json.beginArray();
        eachPage(
            level,
            id,
            lower,
            ids -> {
              for (ResourceId child : ids) {
                json.value(child.toString());
              }
            });
        json.endArray();
      });
    }
    ResourceWriter.Form form = ListRoutes.form(request, lower, null, requestedTags);
    return Answer.json(json -> {
      json.beginArray();
      eachPage(
          level,
          id,
          lower,
          ids -> {
            for (int from = 0; from < ids.size(); from += ListRoutes.RESOURCES_AT_ONCE) {
              int to = Math.min(ids.size(), from + ListRoutes.RESOURCES_AT_ONCE);
              for (Described described : described(lower, ids.subList(from, to))) {
                writer.write(json, described, form);
              }
            }
          });
      json.endArray();
    });
  }

  /** What is done with a part of a list. */
  private interface Use {
    void of(List<ResourceId> ids) throws IOException;
  }

  /** Reads identifiers below a resource in pieces, of which none keeps a transaction open. */
  private void eachPage(Level level, ResourceId id, Level lower, Use use) throws IOException {
    Page next = Page.of(0, ListRoutes.IDS_AT_ONCE);
    while (true) {
      Page now = next;
      List<ResourceId> ids = index.read(reader -> reader.descendants(level, id, lower, now));
      use.of(ids);
      if (ids.size() < now.limit()) {
        return;
      }
      next = Page.after(ids.getLast(), ListRoutes.IDS_AT_ONCE);
    }
  }

  /** Those that are still there. */
  private List<Described> described(Level level, List<ResourceId> ids) {
    return index.read(
        reader -> ids.stream().flatMap(id -> described(reader, level, id).stream()).toList());
  }

  private Answer parent(Request request, Level level, Level higher) {
    ResourceId id = request.resource();
    Described described =
        index
            .read(reader ->
                reader
                    .ancestor(level, id, higher)
                    .flatMap(parent -> described(reader, higher, parent)))
            .orElseThrow(ApiException::unknownResource);
    return answer(
        described,
        new ResourceWriter.Form(
            TagForm.of(request.arguments(), TagForm.SIMPLIFIED), null, List.of()));
  }

  private static void check(IndexReader reader, Level level, ResourceId id) {
    if (!reader.exists(level, id)) {
      throw ApiException.unknownResource();
    }
  }

  private Answer delete(Request request, Level level) {
    Optional<Deletion.Deleted> deleted =
        ResourceId.parse(request.variable("id")).flatMap(id -> deletion.delete(level, id));
    if (deleted.isEmpty()) {
      return Answer.empty(404);
    }
    return Answer.json(json -> {
      json.beginObject().name("RemainingAncestor");
      if (deleted.get().remaining().isEmpty()) {
        json.nullValue();
      } else {
        var remaining = deleted.get().remaining().get();
        json.beginObject()
            .member("ID", remaining.id().toString())
            .member("Path", "/" + remaining.level().plural() + "/" + remaining.id())
            .member("Type", remaining.level().type())
            .endObject();
      }
      json.endObject();
    });
  }

  private Answer isProtected(Request request) {
    boolean yes =
        ResourceId.parse(request.variable("id"))
            .flatMap(id -> index.read(reader -> reader.isProtected(id)))
            .orElseThrow(() -> ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE));
    return Answer.text(yes ? "1" : "0");
  }

  private Answer protect(Request request) throws IOException {
    ResourceId id =
        ResourceId.parse(request.variable("id"))
            .orElseThrow(() -> ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE));
    boolean yes = request.truthValue();
    if (!index.write(writing -> writing.setProtected(id, yes))) {
      throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE);
    }
    return Answer.done();
  }
}
