package org.ithil.web.route;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The header fields of a request; names in any case, the last of equal names wins. */
public final class Headers {
  /** No fields. */
  public static final Headers NONE = new Headers(Map.of());

  private final Map<String, String> fields;

  private Headers(Map<String, String> fields) {
    this.fields = fields;
  }

  /** The fields of that map. */
  public static Headers of(Map<String, String> fields) {
    Map<String, String> lower = new LinkedHashMap<>();
    fields.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
    return new Headers(lower);
  }

  /** The value of a field, or null. */
  public @Nullable String get(String name) {
    return fields.get(name.toLowerCase(Locale.ROOT));
  }

  /** All fields, names in lower case. */
  public Map<String, String> all() {
    return Map.copyOf(fields);
  }
}
