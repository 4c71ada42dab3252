package org.ithil.services.sending;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityJson;

/**
 * What is to be sent, and to whom: the seed of a job.
 *
 * @param modality the receiver, as it was known at that time
 * @param localAet our title
 * @param timeout limit of each answer; zero = for ever
 * @param description who wants it, in words
 * @param originator who asked for it by C-MOVE
 * @param permissive whether the rest is sent when an instance is not taken
 * @param resources what was named, by identifier
 * @param instances what is to be sent, in this order; some may be named twice
 */
public record StoreRequest(
    Modality modality,
    String localAet,
    Duration timeout,
    String description,
    Optional<Mover> originator,
    boolean permissive,
    SortedMap<ResourceId, Level> resources,
    List<ResourceId> instances) {
  private static final String MODALITY = "Modality";
  private static final String LOCAL_AET = "LocalAet";
  private static final String TIMEOUT = "Timeout";
  private static final String DESCRIPTION = "Description";
  private static final String ORIGINATOR_AET = "MoveOriginatorAET";
  private static final String ORIGINATOR_ID = "MoveOriginatorID";
  private static final String PERMISSIVE = "Permissive";
  private static final String RESOURCES = "Resources";
  private static final String INSTANCES = "Instances";

  /**
   * Who asked for the instances by C-MOVE.
   *
   * @param aet its title
   * @param message the number of its request
   */
  public record Mover(String aet, int message) {}

  public StoreRequest {
    resources = new TreeMap<>(resources);
    instances = List.copyOf(instances);
  }

  /** As a job keeps it. */
  public JsonValue.Members toJson() {
    Map<String, JsonValue> seed = new TreeMap<>();
    seed.put(MODALITY, ModalityJson.write(modality));
    seed.put(LOCAL_AET, new JsonValue.Text(localAet));
    seed.put(TIMEOUT, new JsonValue.Whole(timeout.toMillis()));
    seed.put(DESCRIPTION, new JsonValue.Text(description));
    putOriginator(seed);
    seed.put(PERMISSIVE, new JsonValue.Flag(permissive));
    Map<String, JsonValue> named = new TreeMap<>();
    resources.forEach(
        (id, level) -> named.put(id.toString(), new JsonValue.Whole(level.ordinal())));
    seed.put(RESOURCES, JsonValue.object(named));
    List<JsonValue> ids = new ArrayList<>(instances.size());
    instances.forEach(id -> ids.add(new JsonValue.Text(id.toString())));
    seed.put(INSTANCES, new JsonValue.Items(ids));
    return JsonValue.object(seed);
  }

  /** What {@link #toJson} has written. */
  static StoreRequest of(JsonValue.Members seed) {
    SortedMap<ResourceId, Level> resources = new TreeMap<>();
    if (seed.get(RESOURCES) instanceof JsonValue.Members named) {
      named
          .members()
          .forEach((id, level) -> resources.put(id(id), Level.values()[(int) whole(level)]));
    }
    List<ResourceId> instances = new ArrayList<>();
    if (seed.get(INSTANCES) instanceof JsonValue.Items(List<JsonValue> ids)) {
      ids.forEach(id -> instances.add(id(text(id))));
    }
    return new StoreRequest(
        ModalityJson.read(present(seed, MODALITY)),
        text(present(seed, LOCAL_AET)),
        Duration.ofMillis(whole(present(seed, TIMEOUT))),
        text(present(seed, DESCRIPTION)),
        Optional.ofNullable(seed.get(ORIGINATOR_ID))
            .map(number -> new Mover(text(present(seed, ORIGINATOR_AET)), (int) whole(number))),
        present(seed, PERMISSIVE).equals(new JsonValue.Flag(true)),
        resources,
        instances);
  }

  /**
   * What clients see of it.
   *
   * @param failed how many instances were not taken up to now
   */
  JsonValue.Members content(int failed) {
    Map<String, JsonValue> content = new TreeMap<>();
    content.put("Description", new JsonValue.Text(description));
    content.put("FailedInstancesCount", new JsonValue.Whole(failed));
    content.put("InstancesCount", new JsonValue.Whole(instances.size()));
    content.put("LocalAet", new JsonValue.Text(localAet));
    content.put("RemoteAet", new JsonValue.Text(modality.aet()));
    putOriginator(content);
    if (!resources.isEmpty()) {
      List<JsonValue> parents = new ArrayList<>();
      List<JsonValue> typed = new ArrayList<>();
      resources.forEach((id, level) -> {
        JsonValue text = new JsonValue.Text(id.toString());
        parents.add(text);
        typed.add(JsonValue.object(Map.of("ID", text, "Type", new JsonValue.Text(level.type()))));
      });
      content.put("ParentResources", new JsonValue.Items(parents));
      content.put("Resources", new JsonValue.Items(typed));
    }
    return JsonValue.object(content);
  }

  private void putOriginator(Map<String, JsonValue> target) {
    originator.ifPresent(from -> {
      target.put(ORIGINATOR_AET, new JsonValue.Text(from.aet()));
      target.put(ORIGINATOR_ID, new JsonValue.Whole(from.message()));
    });
  }

  private static JsonValue present(JsonValue.Members seed, String name) {
    JsonValue value = seed.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a job without " + name);
    }
    return value;
  }

  private static String text(JsonValue value) {
    if (value instanceof JsonValue.Text(String text)) {
      return text;
    }
    throw new IllegalArgumentException("no text: " + value);
  }

  private static long whole(JsonValue value) {
    if (value instanceof JsonValue.Whole(long number)) {
      return number;
    }
    throw new IllegalArgumentException("no number: " + value);
  }

  private static ResourceId id(String text) {
    return ResourceId.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
  }
}
