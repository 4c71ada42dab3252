package org.ithil.services.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.query.QueryKeys;

/**
 * What became of one part of a retrieval.
 *
 * @param status the DIMSE status if that is a failure, else 0
 * @param received identifiers of the instances that came to ourselves
 */
record Outcome(int status, List<String> received) {
  /** Nothing yet. */
  static final Outcome NONE = new Outcome(0, List.of());

  private static final String STATUS = "DimseErrorStatus";
  private static final String RECEIVED = "ReceivedInstancesIds";

  Outcome {
    received = List.copyOf(received);
  }

  static Outcome of(int status, List<ResourceId> received) {
    return new Outcome(status, received.stream().map(ResourceId::toString).toList());
  }

  private Map<String, JsonValue> members() {
    List<JsonValue> ids = new ArrayList<>();
    received.forEach(id -> ids.add(new JsonValue.Text(id)));
    return Map.of(STATUS, new JsonValue.Whole(status), RECEIVED, new JsonValue.Items(ids));
  }

  /** As clients see it. */
  JsonValue detail(QueryKeys part) {
    Map<String, JsonValue> members = new java.util.TreeMap<>(members());
    members.put("Query", RetrieveRequest.texts(part));
    return JsonValue.object(members);
  }

  /** A checkpoint: what became of the first parts. */
  static JsonValue checkpoint(List<Outcome> outcomes) {
    List<JsonValue> items = new ArrayList<>();
    outcomes.forEach(outcome -> items.add(JsonValue.object(outcome.members())));
    return new JsonValue.Items(items);
  }

  static List<Outcome> of(JsonValue checkpoint) {
    List<Outcome> outcomes = new ArrayList<>();
    if (checkpoint instanceof JsonValue.Items(List<JsonValue> items)) {
      for (JsonValue item : items) {
        if (item instanceof JsonValue.Members object
            && object.get(STATUS) instanceof JsonValue.Whole(long status)
            && object.get(RECEIVED) instanceof JsonValue.Items(List<JsonValue> ids)) {
          outcomes.add(
              new Outcome(
                  (int) status, ids.stream().map(id -> ((JsonValue.Text) id).text()).toList()));
        }
      }
    }
    return outcomes;
  }
}
