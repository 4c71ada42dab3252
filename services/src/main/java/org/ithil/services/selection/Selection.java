package org.ithil.services.selection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/**
 * Resources of any level that a client named, and the instances that they consist of. Nothing is
 * merged: an instance that is named twice is there twice.
 *
 * @param resources in the order in which they were named
 * @param instances those of the first resource, by identifier, then those of the second, and so on
 */
public record Selection(List<Named> resources, List<ResourceId> instances) {
  private static final Comparator<Named> BY_ID = Comparator.comparing(Named::id);

  /** A resource with its level. */
  public record Named(Level level, ResourceId id) {
    private JsonValue.Members json() {
      return JsonValue.object(
          Map.of(
              "ID", new JsonValue.Text(id.toString()), "Type", new JsonValue.Text(level.type())));
    }
  }

  public Selection {
    resources = List.copyOf(resources);
    instances = List.copyOf(instances);
  }

  /**
   * Finds what was named.
   *
   * @param ids identifiers of resources, whatever their level
   * @throws SelectionException for the first that is none
   */
  public static Selection of(IndexReader reader, List<String> ids) {
    List<Named> resources = new ArrayList<>();
    List<ResourceId> instances = new ArrayList<>();
    for (String text : ids) {
      Named named = find(reader, text);
      resources.add(named);
      if (named.level() == Level.INSTANCE) {
        instances.add(named.id());
      } else {
        instances.addAll(reader.descendants(named.level(), named.id(), Level.INSTANCE));
      }
    }
    return new Selection(resources, instances);
  }

  private static Named find(IndexReader reader, String text) {
    ResourceId id =
        ResourceId.parse(text)
            .orElseThrow(
                () -> new SelectionException(SelectionException.Problem.NO_IDENTIFIER, text));
    Level level =
        reader
            .level(id)
            .orElseThrow(() -> new SelectionException(SelectionException.Problem.UNKNOWN, text));
    return new Named(level, id);
  }

  /**
   * What clients see of it: {@code ParentResources} and {@code Resources} (each {@code ID} and
   * {@code Type}), both sorted by identifier, both absent if nothing was named.
   */
  public Map<String, JsonValue> content() {
    if (resources.isEmpty()) {
      return Map.of();
    }
    List<Named> sorted = resources.stream().sorted(BY_ID).toList();
    return Map.of(
        "ParentResources",
        new JsonValue.Items(
            sorted.stream()
                .<JsonValue>map(named -> new JsonValue.Text(named.id().toString()))
                .toList()),
        "Resources",
        new JsonValue.Items(sorted.stream().<JsonValue>map(Named::json).toList()));
  }

  /** As a job's seed keeps it; see {@link #of(JsonValue)}. */
  public JsonValue seed() {
    return JsonValue.object(
        Map.of(
            "Instances",
            new JsonValue.Items(
                instances.stream()
                    .<JsonValue>map(id -> new JsonValue.Text(id.toString()))
                    .toList()),
            "Resources",
            new JsonValue.Items(resources.stream().<JsonValue>map(Named::json).toList())));
  }

  /**
   * Reads what {@link #seed} gave.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Selection of(JsonValue seed) {
    if (!(seed instanceof JsonValue.Members members)
        || !(members.get("Instances") instanceof JsonValue.Items(List<JsonValue> instances))
        || !(members.get("Resources") instanceof JsonValue.Items(List<JsonValue> resources))) {
      throw new IllegalArgumentException("no selection");
    }
    return new Selection(
        resources.stream().map(Selection::named).toList(),
        instances.stream().map(Selection::id).toList());
  }

  private static Named named(JsonValue json) {
    if (json instanceof JsonValue.Members members
        && members.get("Type") instanceof JsonValue.Text(String type)) {
      for (Level level : Level.values()) {
        if (level.type().equals(type)) {
          return new Named(level, id(Objects.requireNonNull(members.get("ID"))));
        }
      }
    }
    throw new IllegalArgumentException("no resource");
  }

  private static ResourceId id(JsonValue json) {
    return json instanceof JsonValue.Text(String text)
        ? ResourceId.parse(text).orElseThrow(() -> new IllegalArgumentException(text))
        : fail();
  }

  private static ResourceId fail() {
    throw new IllegalArgumentException("no identifier");
  }
}
