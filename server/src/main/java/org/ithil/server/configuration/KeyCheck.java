package org.ithil.server.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ithil.archive.json.JsonValue;
import org.ithil.server.configuration.KeyTable.Key;
import org.ithil.server.configuration.KeyTable.Support;
import org.jspecify.annotations.Nullable;

/** Finds the keys of a configuration that do not do what their author may think. */
final class KeyCheck {
  /** Sections whose fields may have any further name, kept as properties of the entry. */
  private static final Set<String> WITH_PROPERTIES =
      Set.of("OrthancPeers.{name}", "DicomWeb.Servers.{name}");

  private final KeyTable table;

  KeyCheck(KeyTable table) {
    this.table = table;
  }

  List<String> warnings(JsonValue.Members root, Map<String, Path> origins) {
    List<String> warnings = new ArrayList<>();
    for (String name : root.members().keySet()) {
      String file = origins.containsKey(name) ? Objects.toString(origins.get(name)) + ": " : "";
      List<String> found = new ArrayList<>();
      check("", "", name, root, found);
      found.forEach(text -> warnings.add(file + text));
    }
    return warnings;
  }

  private void check(
      String path, String template, String name, JsonValue.Members section, List<String> warnings) {
    String here = KeyTable.join(path, name);
    JsonValue value = Objects.requireNonNull(section.get(name));
    Key key = table.find(template, name);
    if (key == null) {
      if (!WITH_PROPERTIES.contains(template)) {
        warnings.add(here + ": unknown key, ignored" + suggestion(template, name));
      }
    } else if (key.support() == Support.YES) {
      if (key.retired()) {
        warnings.add(here + ": old key, still read; " + key.meaning());
      }
      if (value instanceof JsonValue.Members inner && table.hasKeys(key.name())) {
        inner
            .members()
            .keySet()
            .forEach(member -> check(here, key.name(), member, inner, warnings));
      }
    } else if (!isDefault(key, value)) {
      warnings.add(
          here
              + (key.support() == Support.LATER
                  ? ": not supported by this version, ignored"
                  : ": ignored; " + key.meaning()));
    }
  }

  /** Whether a value, or each member of a section, is what counts without it. */
  private boolean isDefault(Key key, JsonValue value) {
    if (value.equals(key.byDefault())) {
      return true;
    }
    return value instanceof JsonValue.Members section
        && table.hasKeys(key.name())
        && section.members().entrySet().stream().allMatch(member -> isDefault(key.name(), member));
  }

  private boolean isDefault(String template, Map.Entry<String, JsonValue> member) {
    @Nullable Key key = table.find(template, member.getKey());
    return key != null && isDefault(key, member.getValue());
  }

  /** Keys are compared with case: the likeliest slip. */
  private String suggestion(String template, String name) {
    return table.all().stream()
        .map(Key::name)
        .filter(known -> known.equalsIgnoreCase(KeyTable.join(template, name)))
        .map(known -> " (did you mean " + known + "?)")
        .findFirst()
        .orElse("");
  }
}
