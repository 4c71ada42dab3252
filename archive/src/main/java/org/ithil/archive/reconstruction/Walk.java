package org.ithil.archive.reconstruction;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.index.IndexReader.Numbered;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the instances of a resource, or of the archive, series by series, in the order in
 * which they came. Remembers where it is, not where it was: so much memory whatever there is.
 */
final class Walk {
  /** Instances looked up at a time: for each such page the whole series is looked at. */
  private static final int PAGE = 4096;

  private static final String PATH = "Path";
  private static final String AFTER = "After";
  private static final String OPEN = "Open";
  private static final String ID = "ID";
  private static final String NUMBER = "Number";

  private final Optional<ResourceId> root;

  /** Whether the root is an instance itself. */
  private final boolean alone;

  private final List<Level> levels;
  private final Set<Part> wanted;

  /** The resources below the root in which it is, from the top. */
  private final List<Numbered> path = new ArrayList<>();

  /** The last child there that is behind it. */
  private long after;

  /** What the next instance that can be read gives to its parents. */
  private final Set<Part> open = EnumSet.noneOf(Part.class);

  /** Instances that follow. */
  private List<Numbered> ahead = List.of();

  /**
   * @param wanted what is to be written at all
   */
  Walk(Reconstruction.Request request, Set<Part> wanted) {
    this.root = request.resource().map(Reconstruction.Target::id);
    this.wanted = wanted;
    Optional<Level> top = request.resource().map(Reconstruction.Target::level);
    alone = top.equals(Optional.of(Level.INSTANCE));
    List<Level> below = new ArrayList<>();
    for (Level level : Level.values()) {
      if (top.isEmpty() || top.get().isAbove(level) || level == Level.INSTANCE) {
        below.add(level);
      } else {
        open.addAll(Part.ofFirst(level));
      }
    }
    top.ifPresent(level -> open.addAll(Part.ofFirst(level)));
    open.retainAll(wanted);
    levels = List.copyOf(below);
  }

  /** The next instances, some of one series; none at the end. */
  List<ResourceId> next(IndexReader reader, int limit) {
    while (true) {
      Level level = levels.get(path.size());
      if (level == Level.INSTANCE) {
        if (ahead.isEmpty()) {
          ahead = children(reader, level, PAGE);
        }
        if (!ahead.isEmpty()) {
          return ahead.stream().limit(limit).map(Numbered::id).toList();
        }
      } else {
        List<Numbered> child = children(reader, level, 1);
        if (!child.isEmpty()) {
          enter(level, child.getFirst());
          continue;
        }
      }
      if (path.isEmpty()) {
        return List.of();
      }
      leave();
    }
  }

  private List<Numbered> children(IndexReader reader, Level level, int limit) {
    if (alone) {
      return after == 0 ? List.of(new Numbered(root.orElseThrow(), 1)) : List.of();
    }
    Optional<ResourceId> parent = path.isEmpty() ? root : Optional.of(path.getLast().id());
    return reader.arrivals(level, parent, after, limit);
  }

  private void enter(Level level, Numbered child) {
    path.add(child);
    after = 0;
    open.addAll(Part.ofFirst(level));
    open.retainAll(wanted);
  }

  private void leave() {
    after = path.removeLast().number();
    ahead = List.of();
  }

  /** What the next instance that can be read gives to its parents. */
  Set<Part> open() {
    return EnumSet.copyOf(open);
  }

  /** So many of the next instances are done. */
  void pass(int instances, boolean parentsWritten) {
    after = ahead.get(instances - 1).number();
    ahead = ahead.subList(instances, ahead.size());
    if (parentsWritten) {
      open.clear();
    }
  }

  /** Nothing follows. */
  void end() {
    path.clear();
    ahead = List.of();
    after = Long.MAX_VALUE;
  }

  JsonValue toJson() {
    List<JsonValue> in = new ArrayList<>();
    for (Numbered each : path) {
      in.add(
          JsonValue.object(
              Map.of(
                  ID,
                  new JsonValue.Text(each.id().toString()),
                  NUMBER,
                  new JsonValue.Whole(each.number()))));
    }
    List<JsonValue> parts = new ArrayList<>();
    open.forEach(part -> parts.add(new JsonValue.Text(part.name())));
    return JsonValue.object(
        Map.of(
            PATH,
            new JsonValue.Items(in),
            AFTER,
            new JsonValue.Whole(after),
            OPEN,
            new JsonValue.Items(parts)));
  }

  /** Goes to where another walk of the same request was. */
  void goTo(@Nullable JsonValue json) {
    if (!(json instanceof JsonValue.Members members
        && members.get(PATH) instanceof JsonValue.Items(List<JsonValue> in)
        && members.get(AFTER) instanceof JsonValue.Whole(long last)
        && members.get(OPEN) instanceof JsonValue.Items(List<JsonValue> parts))) {
      throw new IllegalArgumentException("no place of a walk");
    }
    in.forEach(each -> path.add(numbered(each)));
    after = last;
    open.clear();
    for (JsonValue part : parts) {
      if (part instanceof JsonValue.Text(String name)) {
        open.add(Part.valueOf(name));
      }
    }
  }

  private static Numbered numbered(JsonValue json) {
    if (json instanceof JsonValue.Members members
        && members.get(ID) instanceof JsonValue.Text(String id)
        && members.get(NUMBER) instanceof JsonValue.Whole(long number)) {
      return new Numbered(ResourceId.parse(id).orElseThrow(), number);
    }
    throw new IllegalArgumentException("no place of a walk");
  }
}
