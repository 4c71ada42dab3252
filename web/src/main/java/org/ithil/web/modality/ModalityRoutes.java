package org.ithil.web.modality;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityJson;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** {@code /modalities}: who is known. */
public final class ModalityRoutes {
  /** What stands below a modality, as the reference lists it. */
  private static final List<String> OPERATIONS =
      List.of(
          "configuration",
          "echo",
          "find",
          "find-instance",
          "find-patient",
          "find-series",
          "find-study",
          "find-worklist",
          "get",
          "move",
          "query",
          "storage-commitment",
          "store",
          "store-straight");

  private final Modalities modalities;
  private final KnownModalities known;

  public ModalityRoutes(Modalities modalities) {
    this.modalities = modalities;
    this.known = new KnownModalities(modalities);
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get("/modalities", this::list),
        Route.get("/modalities/{id}", this::operations),
        Route.put("/modalities/{id}", this::put),
        Route.delete("/modalities/{id}", this::delete),
        Route.get(
            "/modalities/{id}/configuration",
            request -> Answer.json(ModalityJson.write(known.of(request)))));
  }

  private Answer list(Request request) {
    Map<String, Modality> all = modalities.all();
    if (!request.arguments().flag("expand", false)) {
      return Answer.json(json -> json.texts(List.copyOf(all.keySet())));
    }
    return Answer.json(json -> {
      json.beginObject();
      for (Map.Entry<String, Modality> entry : all.entrySet()) {
        json.member(entry.getKey(), ModalityJson.write(entry.getValue()));
      }
      json.endObject();
    });
  }

  private Answer operations(Request request) {
    return modalities.get(request.variable("id")).isPresent()
        ? Answer.json(json -> json.texts(OPERATIONS))
        : Answer.empty(404);
  }

  private Answer put(Request request) throws IOException {
    String name = request.variable("id");
    Modality modality = ModalityJson.read(JsonBody.value(request));
    if (!Modalities.isName(name)) {
      throw ApiException.of(
          ErrorCode.BAD_FILE_FORMAT,
          "Only alphanumeric, dash characters and underscores are allowed in the names of"
              + " modalities/peers, but found: "
              + name);
    }
    modalities.put(name, modality);
    return Answer.done();
  }

  private Answer delete(Request request) {
    String name = request.variable("id");
    if (!modalities.remove(name)) {
      throw ApiException.of(
          ErrorCode.INEXISTENT_ITEM, "Unknown DICOM modality with symbolic name: " + name);
    }
    return Answer.done();
  }
}
