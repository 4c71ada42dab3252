package org.ithil.server.configuration;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListSet;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What the configuration files say, merged; still text and numbers, see {@link ServerConfiguration}
 * for what it means.
 */
public final class Configuration {
  private final KeyTable table;
  private final JsonValue.Members members;
  private final Map<String, Path> origins;
  private final Path base;
  private final Set<String> asked = new ConcurrentSkipListSet<>();

  Configuration(
      KeyTable table, SortedMap<String, JsonValue> members, Map<String, Path> origins, Path base) {
    this.table = table;
    this.members = new JsonValue.Members(members);
    this.origins = origins;
    this.base = base;
  }

  /** The top level. */
  public Section root() {
    return new Section(this, "", "", members);
  }

  /** The folder that relative paths are relative to: that of the first configuration path. */
  public Path base() {
    return base;
  }

  /** What should be told at start: keys that are unknown, old, or without effect. */
  public List<String> warnings() {
    return new KeyCheck(table).warnings(members, origins);
  }

  /** Whether both say the same, so that nothing changes if one replaces the other. */
  public boolean saysTheSameAs(Configuration other) {
    return members.equals(other.members) && base.equals(other.base);
  }

  KeyTable table() {
    return table;
  }

  /** The keys that were asked for until now, by their names in the table. */
  Set<String> asked() {
    return asked;
  }

  ConfigurationException error(String path, String what) {
    int dot = path.indexOf('.');
    @Nullable Path file = origins.get(dot < 0 ? path : path.substring(0, dot));
    return new ConfigurationException(file, path, what);
  }
}
