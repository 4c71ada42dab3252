package org.ithil.web.modification;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.editing.Covered;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.services.transcoding.Transcoding;
import org.ithil.web.body.JsonBody;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** The route {@code /instances/{id}/modify}: a changed copy of an instance, which is not stored. */
public final class InstanceModification {
  private final Editing editing;
  private final EditedAnswer answers;
  private final Supplier<UUID> uuids;

  /**
   * @param uuids random, from which new identifiers are made
   */
  public InstanceModification(
      Retrieval retrieval, Transcoding transcoding, Editing editing, Supplier<UUID> uuids) {
    this.editing = editing;
    this.answers = new EditedAnswer(retrieval, transcoding);
    this.uuids = uuids;
  }

  public List<Route> routes() {
    return List.of(Route.post("/instances/{id}/modify", this::modify));
  }

  private Answer modify(Request request) throws IOException {
    JsonBody body = JsonBody.of(request);
    Editing.Draw draw = new Editing.Draw(EditedAnswer.key(uuids), 0);
    return answers.of(
        request.resource(),
        editing.modification(body.object(), editing.levelOf(body.object()), draw, Covered.NOTHING),
        body.text("Transcode"));
  }
}
