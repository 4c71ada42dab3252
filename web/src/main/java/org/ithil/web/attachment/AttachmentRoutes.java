package org.ithil.web.attachment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.web.error.ApiException;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** The routes {@code /instances/{id}/attachments} and their like: which attachments there are. */
public final class AttachmentRoutes {
  private final Index index;
  private final Map<Integer, String> names;

  /**
   * The routes.
   *
   * @param registered names of content types that the user has registered, by number
   */
  public AttachmentRoutes(Index index, Map<Integer, String> registered) {
    this.index = index;
    this.names = new TreeMap<>(registered);
    names.put(Attachment.DICOM, "dicom");
    names.put(Attachment.DICOM_UNTIL_PIXEL_DATA, "dicom-until-pixel-data");
  }

  /** All of them. */
  public List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (Level level : Level.values()) {
      routes.add(
          Route.get("/" + level.plural() + "/{id}/attachments", request -> list(request, level)));
    }
    return routes;
  }

  private Answer list(Request request, Level level) {
    ResourceId id = request.resource();
    List<Attachment> attachments =
        index.read(reader -> {
          if (!reader.exists(level, id)) {
            throw ApiException.unknownResource();
          }
          return reader.attachments(level, id);
        });
    if (!request.arguments().given("full")) {
      return Answer.json(
          json -> json.texts(attachments.stream().map(a -> name(a.contentType())).toList()));
    }
    TreeMap<String, Integer> named = new TreeMap<>();
    attachments.forEach(a -> named.put(name(a.contentType()), a.contentType()));
    return Answer.json(json -> {
      json.beginObject();
      for (Map.Entry<String, Integer> entry : named.entrySet()) {
        json.member(entry.getKey(), entry.getValue());
      }
      json.endObject();
    });
  }

  private String name(int contentType) {
    return names.getOrDefault(contentType, Integer.toString(contentType));
  }
}
