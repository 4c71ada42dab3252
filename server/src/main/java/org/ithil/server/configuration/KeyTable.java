package org.ithil.server.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Every configuration key of the API that Ithil speaks, whether it has an effect or not: the one
 * place of types and defaults. The table itself is the resource {@code keys.tsv}.
 */
public final class KeyTable {
  private final Map<String, Key> keys;

  /** What Ithil does with a key. */
  public enum Support {
    /** It works. */
    YES,
    /** It will work in a later version. */
    LATER,
    /** It has no meaning in Ithil. */
    NEVER
  }

  /**
   * A key.
   *
   * @param name with its sections; {@code {name}} stands for any name
   * @param type boolean, integer, string, array, object, or enumeration(A|B)
   * @param byDefault what counts if the key is absent; null if absence is a value of its own
   * @param support what Ithil does with it
   * @param meaning one line for the person who writes a configuration
   */
  public record Key(
      String name, String type, @Nullable JsonValue byDefault, Support support, String meaning) {
    /** Whether it is an old spelling, kept for old files. */
    public boolean retired() {
      return meaning.startsWith("deprecated");
    }

    /** The words that an enumeration knows; empty for other types. */
    public List<String> words() {
      return type.startsWith("enumeration(")
          ? List.of(type.substring("enumeration(".length(), type.length() - 1).split("\\|"))
          : List.of();
    }
  }

  private KeyTable(Map<String, Key> keys) {
    this.keys = keys;
  }

  /** The table. */
  public static KeyTable load() {
    try (InputStream in =
        Objects.requireNonNull(KeyTable.class.getResourceAsStream("keys.tsv"), "keys.tsv")) {
      Map<String, Key> keys = new LinkedHashMap<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .skip(1)
          .map(KeyTable::parse)
          .forEach(key -> keys.put(key.name(), key));
      return new KeyTable(keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Key parse(String line) {
    String[] cells = line.split("\t", -1);
    JsonValue byDefault = cells[2].equals("none") ? null : ConfigurationParser.parse(cells[2]);
    Support support =
        switch (cells[3]) {
          case "yes" -> Support.YES;
          case "later" -> Support.LATER;
          case "never" -> Support.NEVER;
          default -> throw new IllegalStateException("keys.tsv: " + line);
        };
    return new Key(cells[0], cells[1], byDefault, support, cells[4]);
  }

  /** All keys, sorted by name. */
  public Collection<Key> all() {
    return List.copyOf(keys.values());
  }

  /** The key of that name, or null. */
  public @Nullable Key find(String name) {
    return keys.get(name);
  }

  /**
   * The key of that name in a section, by its own name or as one of any name; null if there is
   * none.
   */
  @Nullable Key find(String section, String name) {
    Key key = keys.get(join(section, name));
    return key != null ? key : keys.get(join(section, "{name}"));
  }

  /** Whether a section lists its keys; otherwise any name is good there. */
  boolean hasKeys(String section) {
    return keys.keySet().stream().anyMatch(name -> name.startsWith(section + "."));
  }

  static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }
}
