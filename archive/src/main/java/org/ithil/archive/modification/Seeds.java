package org.ithil.archive.modification;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/** Values in the rows of jobs. */
final class Seeds {
  private Seeds() {}

  static JsonValue present(JsonValue.Members seed, String name) {
    JsonValue value = seed.get(name);
    if (value == null) {
      throw new IllegalArgumentException("a job without " + name);
    }
    return value;
  }

  static String text(JsonValue.Members seed, String name) {
    return optionalText(seed, name)
        .orElseThrow(() -> new IllegalArgumentException("a job without text " + name));
  }

  static Optional<String> optionalText(JsonValue.Members seed, String name) {
    return seed.get(name) instanceof JsonValue.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }

  static boolean flag(JsonValue.Members seed, String name) {
    return seed.get(name) instanceof JsonValue.Flag(boolean flag) && flag;
  }

  static long whole(JsonValue.Members seed, String name, long absent) {
    return seed.get(name) instanceof JsonValue.Whole(long number) ? number : absent;
  }

  static OptionalInt optionalInt(JsonValue.Members seed, String name) {
    return seed.get(name) instanceof JsonValue.Whole(long number)
        ? OptionalInt.of((int) number)
        : OptionalInt.empty();
  }

  static JsonValue bytes(byte[] bytes) {
    return new JsonValue.Text(Base64.getEncoder().encodeToString(bytes));
  }

  static byte[] bytes(JsonValue.Members seed, String name) {
    return Base64.getDecoder().decode(text(seed, name));
  }

  /** Many identifiers: 27 characters each. */
  static JsonValue ids(Collection<ResourceId> ids) {
    ByteBuffer all = ByteBuffer.allocate(ids.size() * ResourceId.SIZE);
    ids.forEach(id -> all.put(id.bytes()));
    return bytes(all.array());
  }

  static List<ResourceId> ids(JsonValue.Members seed, String name) {
    ByteBuffer all = ByteBuffer.wrap(bytes(seed, name));
    List<ResourceId> ids = new ArrayList<>(all.remaining() / ResourceId.SIZE);
    while (all.hasRemaining()) {
      byte[] id = new byte[ResourceId.SIZE];
      all.get(id);
      ids.add(ResourceId.of(id));
    }
    return ids;
  }

  static JsonValue resources(SortedMap<ResourceId, Level> resources) {
    Map<String, JsonValue> levels = new TreeMap<>();
    resources.forEach((id, level) -> levels.put(id.toString(), new JsonValue.Text(level.name())));
    return JsonValue.object(levels);
  }

  static SortedMap<ResourceId, Level> resources(JsonValue.Members seed, String name) {
    SortedMap<ResourceId, Level> resources = new TreeMap<>();
    ((JsonValue.Members) present(seed, name))
        .members()
        .forEach((id, level) ->
            resources.put(
                ResourceId.parse(id).orElseThrow(),
                Level.valueOf(((JsonValue.Text) level).text())));
    return resources;
  }

  static JsonValue origin(Origin.Http origin) {
    return JsonValue.object(
        Map.of(
            "Ip",
            new JsonValue.Text(origin.remoteIp()),
            "User",
            new JsonValue.Text(origin.username())));
  }

  static Origin.Http origin(JsonValue.Members seed, String name) {
    JsonValue.Members origin = (JsonValue.Members) present(seed, name);
    return new Origin.Http(text(origin, "Ip"), text(origin, "User"));
  }
}
