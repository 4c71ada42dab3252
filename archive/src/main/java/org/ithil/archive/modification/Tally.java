package org.ithil.archive.modification;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/** How far a job is, and what it has made. For one thread. */
final class Tally {
  private static final String DONE = "Done";
  private static final String FAILED = "Failed";
  private static final String FIRST = "First";
  private static final String BEFORE = "Before";
  private static final String REMOVED = "Removed";
  private static final String MADE = "Made";

  /** Longer lists are shown at the end only. */
  private static final int LONGEST_LIST = 500;

  /** Sources that have their answer. */
  int done;

  /** Those that failed. */
  int failed;

  /** How many sources were looked at for removal; negative until all is made. */
  int removed = -1;

  /** Whether all is made that will be. */
  boolean complete;

  /** The files of the next few sources, as they were before these were edited in place. */
  List<UUID> before = List.of();

  private @Nullable Lineage first;
  private final Map<Level, Set<ResourceId>> made = new EnumMap<>(Level.class);

  /** What {@link #json} has written; nothing done if that is null. */
  static Tally of(JsonValue checkpoint) {
    Tally tally = new Tally();
    if (checkpoint instanceof JsonValue.Members members) {
      tally.done = (int) Seeds.whole(members, DONE, 0);
      tally.failed = (int) Seeds.whole(members, FAILED, 0);
      tally.removed = (int) Seeds.whole(members, REMOVED, -1);
      tally.complete = tally.removed >= 0;
      if (members.get(FIRST) != null) {
        List<ResourceId> ids = Seeds.ids(members, FIRST);
        tally.first = new Lineage(ids.get(0), ids.get(1), ids.get(2), ids.get(3));
      }
      if (members.get(BEFORE) instanceof JsonValue.Items(List<JsonValue> items)) {
        tally.before =
            items.stream().map(item -> UUID.fromString(((JsonValue.Text) item).text())).toList();
      }
      if (members.get(MADE) instanceof JsonValue.Members levels) {
        for (Level level : Level.values()) {
          tally.made.put(level, new LinkedHashSet<>(Seeds.ids(levels, level.name())));
        }
      }
    }
    return tally;
  }

  JsonValue json() {
    Map<String, JsonValue> members = new TreeMap<>();
    members.put(DONE, new JsonValue.Whole(done));
    members.put(FAILED, new JsonValue.Whole(failed));
    first()
        .ifPresent(lineage ->
            members.put(
                FIRST,
                Seeds.ids(
                    List.of(
                        lineage.patient(),
                        lineage.study(),
                        lineage.series(),
                        lineage.instance()))));
    if (!before.isEmpty()) {
      members.put(
          BEFORE,
          new JsonValue.Items(
              before.stream()
                  .<JsonValue>map(uuid -> new JsonValue.Text(uuid.toString()))
                  .toList()));
    }
    if (removed >= 0) {
      members.put(REMOVED, new JsonValue.Whole(removed));
      if (!made.isEmpty()) {
        Map<String, JsonValue> levels = new TreeMap<>();
        for (Level level : Level.values()) {
          levels.put(level.name(), Seeds.ids(made(level)));
        }
        members.put(MADE, JsonValue.object(levels));
      }
    }
    return JsonValue.object(members);
  }

  /** An instance was stored. */
  void made(Lineage lineage, boolean all) {
    if (first == null) {
      first = lineage;
    }
    if (all) {
      for (Level level : Level.values()) {
        made.computeIfAbsent(level, unseen -> new LinkedHashSet<>()).add(lineage.at(level));
      }
    }
  }

  /** The first instance that was stored. */
  Optional<Lineage> first() {
    return Optional.ofNullable(first);
  }

  /** All new resources of a level, if they are counted. */
  Set<ResourceId> made(Level level) {
    return made.getOrDefault(level, Set.of());
  }

  /**
   * New resources as clients see them, those of parents first. While a job goes on, many instances
   * are left out: the list would be written anew again and again.
   */
  List<JsonValue> list() {
    List<JsonValue> list = new ArrayList<>();
    for (Level level : Level.values()) {
      if (!complete && made(level).size() > LONGEST_LIST) {
        continue;
      }
      for (ResourceId id : made(level)) {
        list.add(
            JsonValue.object(
                Map.of(
                    "ID",
                    new JsonValue.Text(id.toString()),
                    "Path",
                    new JsonValue.Text("/" + level.plural() + "/" + id),
                    "Type",
                    new JsonValue.Text(level.type()))));
      }
    }
    return list;
  }
}
