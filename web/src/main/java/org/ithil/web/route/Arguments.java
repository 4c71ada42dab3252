package org.ithil.web.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The arguments of a query string; the last of equal names wins. */
public final class Arguments {
  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Takes a query string apart.
   *
   * @param query as it came, still escaped, without question mark; null for none
   */
  public static Arguments parse(@Nullable String query) {
    Map<String, String> values = new LinkedHashMap<>();
    if (query != null) {
      for (String part : query.split("&", -1)) {
        if (part.isEmpty()) {
          continue;
        }
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        String value = equals < 0 ? "" : part.substring(equals + 1);
        values.put(Escapes.undo(name, true), Escapes.undo(value, true));
      }
    }
    return new Arguments(values);
  }

  /** The value of an argument: empty if it stands without one; null if it is absent. */
  public @Nullable String get(String name) {
    return values.get(name);
  }

  /** Whether the argument is there, whatever its value (so {@code ?full=false} is full). */
  public boolean given(String name) {
    return values.containsKey(name);
  }

  /**
   * An argument that is read as a truth value: none, {@code 1} and {@code true} are true, {@code 0}
   * and {@code false} are false.
   *
   * @param absent the answer if the argument is absent
   * @throws ApiException PARAMETER_OUT_OF_RANGE for any other value
   */
  public boolean flag(String name, boolean absent) {
    String value = values.get(name);
    if (value == null) {
      return absent;
    }
    return switch (value) {
      case "", "1", "true" -> true;
      case "0", "false" -> false;
      default ->
          throw ApiException.of(
              ErrorCode.PARAMETER_OUT_OF_RANGE,
              "Expected a Boolean for GET argument \"" + name + "\", found: " + value);
    };
  }

  /** A number of the log's kind: whatever is none counts as absent. */
  public OptionalLong number(String name) {
    String value = values.get(name);
    return value != null && value.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(value))
        : OptionalLong.empty();
  }

  /** All arguments in their order. */
  public Map<String, String> all() {
    return Collections.unmodifiableMap(values);
  }
}
