package org.ithil.web.creation;

import java.io.IOException;
import java.util.List;
import org.ithil.archive.Archive;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.resource.Level;
import org.ithil.services.creation.CreateDicom;
import org.ithil.services.creation.Created;
import org.ithil.services.creation.CreationRequest;
import org.ithil.web.error.ErrorMapping;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.ithil.web.upload.StoredJson;

/** {@code POST /tools/create-dicom}. */
public final class CreationRoutes {
  private final CreateDicom creation;
  private final Spool spool;

  public CreationRoutes(Archive archive, CreateDicom creation) {
    this.spool = archive.spool();
    this.creation = creation;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(Route.post("/tools/create-dicom", this::create));
  }

  private Answer create(Request request) throws IOException {
    String user = request.user();
    Origin origin = new Origin.Http(request.remoteAddress(), user == null ? "" : user);
    try (CreationRequest wanted = CreationRequest.read(request.body(), spool)) {
      Created created = creation.create(wanted, origin);
      return switch (created) {
        case Created.Instance instance ->
            Answer.json(json -> StoredJson.write(json, instance.outcome()));
        case Created.Series series ->
            Answer.json(json ->
                json.beginObject()
                    .member("ID", series.id().toString())
                    .member("Path", "/" + Level.SERIES.plural() + "/" + series.id())
                    .member("Status", "Success")
                    .endObject());
      };
    } catch (IngestException e) {
      throw ErrorMapping.of(e);
    }
  }
}
