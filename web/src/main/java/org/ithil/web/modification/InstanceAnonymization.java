package org.ithil.web.modification;

import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.ithil.archive.editing.AnonymizationDraw;
import org.ithil.archive.editing.Editing;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.services.transcoding.Transcoding;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/**
 * The route {@code /instances/{id}/anonymize}: an anonymized copy of an instance, which is not
 * stored.
 */
public final class InstanceAnonymization {
  private final Index index;
  private final Editing editing;
  private final EditedAnswer answers;
  private final Supplier<UUID> uuids;

  /**
   * @param index counts anonymizations
   * @param uuids random, from which new identifiers are made
   */
  public InstanceAnonymization(
      Index index,
      Retrieval retrieval,
      Transcoding transcoding,
      Editing editing,
      Supplier<UUID> uuids) {
    this.index = index;
    this.editing = editing;
    this.answers = new EditedAnswer(retrieval, transcoding);
    this.uuids = uuids;
  }

  public List<Route> routes() {
    return List.of(Route.post("/instances/{id}/anonymize", this::anonymize));
  }

  private Answer anonymize(Request request) throws IOException {
    JsonBody body = JsonBody.of(request);
    JsonValue.Members fields = body.object();
    // Labels are those of stored resources, but clients hear of a wrong type.
    JsonValue labels = fields.get("KeepLabels");
    if (labels != null && !(labels instanceof JsonValue.Flag)) {
      throw ApiException.of(
          ErrorCode.BAD_FILE_FORMAT, "Member \"KeepLabels\" should be a Boolean value");
    }
    Editing.Draw draw = AnonymizationDraw.draw(index, fields, EditedAnswer.key(uuids));
    return answers.of(
        request.resource(),
        editing.anonymization(fields, Level.INSTANCE, draw),
        body.text("Transcode"));
  }
}
