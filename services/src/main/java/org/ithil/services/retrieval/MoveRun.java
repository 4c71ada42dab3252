package org.ithil.services.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dimse.message.Status;
import org.ithil.services.modality.ModalityClient;
import org.ithil.services.modality.ModalityException;
import org.ithil.services.query.Identifier;
import org.ithil.services.query.QueryKeys;
import org.jspecify.annotations.Nullable;

/** A {@link MoveJob} while it runs. */
final class MoveRun implements JobRun {
  private final RetrieveRequest request;
  private final List<Outcome> outcomes;
  private final Identifier identifier;
  private final Arrivals arrivals;
  private final MoveConnection connection;

  /** Of the part that has failed. */
  private @Nullable Outcome failed;

  MoveRun(
      RetrieveRequest request,
      List<Outcome> outcomes,
      ModalityClient client,
      Identifier identifier,
      Arrivals arrivals) {
    this.request = request;
    this.outcomes = new ArrayList<>(outcomes);
    this.identifier = identifier;
    this.arrivals = arrivals;
    this.connection = new MoveConnection(client, request);
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    if (outcomes.size() < request.parts().size()) {
      move(request.parts().get(outcomes.size()));
    }
    return outcomes.size() < request.parts().size() ? Step.MORE : Step.DONE;
  }

  private void move(QueryKeys part) throws IOException, InterruptedException {
    try (Arrivals.Awaited awaited = arrivals.await(request.localAet())) {
      int status = 0;
      try {
        DataSet wanted = identifier.of(sent(part));
        status = connection.move(awaited.messageId(), wanted).status().code();
        if (status != 0) {
          throw new ModalityException.Failed(request.modality(), "C-MOVE", new Status(status));
        }
      } catch (ModalityException e) {
        if (!request.permissive()) {
          failed = Outcome.of(status, awaited.instances());
          throw e;
        }
      }
      outcomes.add(Outcome.of(status, awaited.instances()));
    }
  }

  /**
   * What is sent of a part: the keys that say which resource is meant, those of patients at their
   * own level only, as we use the Study Root model.
   */
  private QueryKeys sent(QueryKeys part) throws ModalityException {
    List<Integer> needed = new ArrayList<>(QueryKeys.unique(part.level()));
    if (part.level() != Level.PATIENT) {
      needed.remove((Integer) Tag.PatientID);
    }
    for (int tag : needed) {
      if (!part.texts().containsKey(tag)) {
        throw new ModalityException.MissingKey(request.modality(), tag);
      }
    }
    if (part.level() == Level.INSTANCE) {
      needed.add(Tag.MediaStorageSOPInstanceUID);
    }
    return part.keeping(java.util.Set.copyOf(needed));
  }

  @Override
  public JsonValue checkpoint() {
    return Outcome.checkpoint(outcomes);
  }

  @Override
  public double progress() {
    int all = request.parts().size();
    return all == 0 ? 1 : (double) outcomes.size() / all;
  }

  @Override
  public JsonValue.Members content() {
    List<JsonValue> details = new ArrayList<>();
    for (int i = 0; i < request.parts().size(); i++) {
      Outcome outcome =
          i < outcomes.size()
              ? outcomes.get(i)
              : i == outcomes.size() && failed != null ? failed : Outcome.NONE;
      details.add(outcome.detail(request.parts().get(i)));
    }
    return JsonValue.object(
        Map.of(
            "Description", new JsonValue.Text("REST API"),
            "Details", new JsonValue.Items(details),
            "LocalAet", new JsonValue.Text(request.localAet()),
            "Query", new JsonValue.Items(request.shown()),
            "RemoteAet", new JsonValue.Text(request.modality().aet()),
            "TargetAet", new JsonValue.Text(request.target())));
  }

  @Override
  public void close() {
    connection.close();
  }
}
