package org.ithil.web.resource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.Page;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.tags.RequestedTags;
import org.ithil.web.tags.TagForm;
import org.jspecify.annotations.Nullable;

/**
 * The lists of all patients, studies, series and instances. They are read and sent in pieces, so
 * that a list of any length takes little memory.
 */
final class ListRoutes {
  static final int IDS_AT_ONCE = 10_000;
  static final int RESOURCES_AT_ONCE = 500;

  private final Index index;
  private final ResourceWriter writer;
  private final RequestedTags requestedTags;

  ListRoutes(Index index, ResourceWriter writer, RequestedTags requestedTags) {
    this.index = index;
    this.writer = writer;
    this.requestedTags = requestedTags;
  }

  List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : Level.values()) {
      routes.add(Route.get("/" + level.plural(), request -> list(request, level)));
    }
    return routes;
  }

  private Answer list(Request request, Level level) {
    Page page = page(request);
    String content = request.arguments().get("response-content");
    Set<ResponseContent> parts = content == null ? null : ResponseContent.parse(content);
    if (!request.arguments().flag("expand", false) && parts == null) {
      return Answer.json(json -> ids(json, level, page));
    }
    ResourceWriter.Form form = form(request, level, parts, requestedTags);
    return Answer.json(json -> resources(json, level, page, form));
  }

  static ResourceWriter.Form form(
      Request request,
      Level level,
      @Nullable Set<ResponseContent> parts,
      RequestedTags requestedTags) {
    String requested = request.arguments().get("requested-tags");
    if (requested == null) {
      requested = request.arguments().get("requestedTags");
    }
    return new ResourceWriter.Form(
        TagForm.of(request.arguments(), TagForm.SIMPLIFIED),
        parts,
        requestedTags.parse(requested, level));
  }

  private static Page page(Request request) {
    boolean since = request.arguments().given("since");
    boolean limit = request.arguments().given("limit");
    if (since != limit) {
      throw ApiException.of(
          ErrorCode.BAD_REQUEST,
          "Missing \""
              + (since ? "limit" : "since")
              + "\" argument for GET request against: "
              + request.uri()
              + "/");
    }
    return since
        ? Page.of(
            number(request.arguments().get("since")), number(request.arguments().get("limit")))
        : Page.ALL;
  }

  private static long number(@Nullable String text) {
    if (text == null || !text.matches("[0-9]{1,18}")) {
      throw ApiException.of(
          ErrorCode.BAD_PARAMETER_TYPE, "Syntax error in some user-supplied data");
    }
    return Long.parseLong(text);
  }

  private void ids(JsonWriter json, Level level, Page page) throws IOException {
    json.beginArray();
    Page next = first(page, IDS_AT_ONCE);
    long left = page.limit() == 0 ? Long.MAX_VALUE : page.limit();
    while (true) {
      Page now = next;
      List<ResourceId> ids = index.read(reader -> reader.ids(level, now));
      for (ResourceId id : ids) {
        json.value(id.toString());
      }
      left -= ids.size();
      if (ids.size() < now.limit() || left <= 0) {
        json.endArray();
        return;
      }
      next = Page.after(ids.getLast(), Math.min(left, IDS_AT_ONCE));
    }
  }

  private void resources(JsonWriter json, Level level, Page page, ResourceWriter.Form form)
      throws IOException {
    json.beginArray();
    Page next = first(page, RESOURCES_AT_ONCE);
    long left = page.limit() == 0 ? Long.MAX_VALUE : page.limit();
    while (true) {
      Page now = next;
      List<Described> all =
          index.read(reader -> {
            List<Described> described = new ArrayList<>();
            for (Resource resource : reader.resources(level, now)) {
              described.add(Described.of(resource, form.parts(), reader));
            }
            return described;
          });
      for (Described described : all) {
        writer.write(json, described, form);
      }
      left -= all.size();
      if (all.size() < now.limit() || left <= 0) {
        json.endArray();
        return;
      }
      next = Page.after(all.getLast().resource().id(), Math.min(left, RESOURCES_AT_ONCE));
    }
  }

  private static Page first(Page page, int most) {
    return Page.of(page.since(), page.limit() == 0 ? most : Math.min(page.limit(), most));
  }
}
