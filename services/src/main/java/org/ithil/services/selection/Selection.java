package org.ithil.services.selection;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Resources of any level that a client named, and the instances that they consist of. Nothing is
 * merged: an instance that is named twice is there twice.
 *
 * @param resources what was named, with levels
 * @param instances in the order in which they are to be sent
 */
public record Selection(SortedMap<ResourceId, Level> resources, List<ResourceId> instances) {
  public Selection {
    resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
    instances = List.copyOf(instances);
  }

  /**
   * What clients see of it: {@code ParentResources} and {@code Resources} (each {@code ID} and
   * {@code Type}), both sorted by identifier, both absent if nothing was named.
   */
  public Map<String, JsonValue> content() {
    return resources.isEmpty()
        ? Map.of()
        : Map.of("ParentResources", texts(resources.keySet()), "Resources", named());
  }

  private JsonValue named() {
    return new JsonValue.Items(
        resources.entrySet().stream()
            .<JsonValue>map(named ->
                JsonValue.object(
                    Map.of(
                        "ID", new JsonValue.Text(named.getKey().toString()),
                        "Type", new JsonValue.Text(named.getValue().type()))))
            .toList());
  }

  private static JsonValue texts(Collection<ResourceId> ids) {
    return new JsonValue.Items(
        ids.stream().<JsonValue>map(id -> new JsonValue.Text(id.toString())).toList());
  }

  /** As a job's seed keeps it; see {@link #of(JsonValue)}. */
  public JsonValue seed() {
    return JsonValue.object(Map.of("Instances", texts(instances), "Resources", named()));
  }

  /**
   * Reads what {@link #seed} gave.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Selection of(JsonValue seed) {
    if (!(seed instanceof JsonValue.Members members)
        || !(members.get("Instances") instanceof JsonValue.Items(List<JsonValue> instances))
        || !(members.get("Resources") instanceof JsonValue.Items(List<JsonValue> named))) {
      throw new IllegalArgumentException("no selection");
    }
    SortedMap<ResourceId, Level> resources = new TreeMap<>();
    for (JsonValue resource : named) {
      if (!(resource instanceof JsonValue.Members one)
          || !(one.get("Type") instanceof JsonValue.Text(String type))) {
        throw new IllegalArgumentException("no resource");
      }
      resources.put(id(one.get("ID")), level(type));
    }
    return new Selection(resources, instances.stream().map(Selection::id).toList());
  }

  private static Level level(String type) {
    for (Level level : Level.values()) {
      if (level.type().equals(type)) {
        return level;
      }
    }
    throw new IllegalArgumentException(type);
  }

  private static ResourceId id(@Nullable JsonValue json) {
    if (json instanceof JsonValue.Text(String text)) {
      return ResourceId.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }
    throw new IllegalArgumentException("no identifier");
  }
}
