package org.ithil.server.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ithil.archive.json.JsonValue;
import org.ithil.server.configuration.KeyTable.Key;
import org.jspecify.annotations.Nullable;

/**
 * One level of a configuration. Values are checked when asked for, and never converted: {@code
 * "true"} is no truth value, {@code 1.0} no integer. An absent key has the default of the {@link
 * KeyTable}.
 */
public final class Section {
  /** The highest TCP port. */
  static final int HIGHEST_PORT = 65535;

  private final Configuration configuration;
  private final String path;
  private final String template;
  private final JsonValue.Members members;

  Section(Configuration configuration, String path, String template, JsonValue.Members members) {
    this.configuration = configuration;
    this.path = path;
    this.template = template;
    this.members = members;
  }

  /** Whether the key is there. */
  public boolean given(String key) {
    key(key);
    return members.get(key) != null;
  }

  /** The names of what is there. */
  public Set<String> names() {
    return members.members().keySet();
  }

  /** Whether a key stands there itself, so that its default does not count. */
  public boolean isGiven(String key) {
    Key _ = key(key); // it has been asked for
    return members.members().containsKey(key);
  }

  /** A truth value. */
  public boolean flag(String key) {
    return optionalFlag(key).orElseThrow();
  }

  /** A truth value; empty if the key is absent and has no default. */
  public Optional<Boolean> optionalFlag(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case JsonValue.Flag flag -> Optional.of(flag.flag());
      case JsonValue other -> throw mismatch(key, "true or false", other);
    };
  }

  /**
   * An integer.
   *
   * @throws ConfigurationException if it is outside of {@code least} to {@code most}
   */
  public int integer(String key, int least, int most) {
    JsonValue value = value(key);
    if (!(value instanceof JsonValue.Whole whole)) {
      throw mismatch(key, "an integer", value);
    }
    if (whole.number() < least || whole.number() > most) {
      throw error(
          key,
          most == Integer.MAX_VALUE
              ? "must be " + least + " or more, is " + whole.number()
              : "must be between " + least + " and " + most + ", is " + whole.number());
    }
    return (int) whole.number();
  }

  /** A text. */
  public String text(String key) {
    return optionalText(key).orElseThrow(() -> error(key, "is missing"));
  }

  /** A text; empty if the key is absent and has no default. */
  public Optional<String> optionalText(String key) {
    return switch (value(key)) {
      case null -> Optional.empty();
      case JsonValue.Text text -> Optional.of(text.text());
      case JsonValue other -> throw mismatch(key, "a text in quotes", other);
    };
  }

  /** One of the words that the table lists for the key, as it is written there. */
  public String word(String key) {
    String text = text(key);
    List<String> words = key(key).words();
    if (!words.contains(text)) {
      throw error(key, "must be one of " + String.join(", ", words) + ", is \"" + text + '"');
    }
    return text;
  }

  /** A list of texts; empty if the key is absent and has no default. */
  public Optional<List<String>> optionalTexts(String key) {
    JsonValue value = value(key);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof JsonValue.Items items)) {
      throw mismatch(key, "a list of texts: [ \"...\" ]", value);
    }
    List<String> texts = new ArrayList<>();
    for (JsonValue item : items.items()) {
      if (!(item instanceof JsonValue.Text text)) {
        throw mismatch(key, "a list of texts: [ \"...\" ]", item);
      }
      texts.add(text.text());
    }
    return Optional.of(List.copyOf(texts));
  }

  /** A list of texts; empty if the key is absent and has no default. */
  public List<String> texts(String key) {
    return optionalTexts(key).orElse(List.of());
  }

  /**
   * A path, relative ones relative to the folder of the first configuration path; empty as {@link
   * #optionalText}.
   */
  public Optional<Path> optionalPath(String key) {
    return optionalText(key).map(text -> configuration.base().resolve(text));
  }

  /** The section below a key; without members if the key is absent. */
  public Section section(String key) {
    Key known = key(key);
    return switch (value(key)) {
      case null -> new Section(configuration, join(key), known.name(), JsonValue.object(Map.of()));
      case JsonValue.Members object -> new Section(configuration, join(key), known.name(), object);
      case JsonValue other -> throw mismatch(key, "an object: { ... }", other);
    };
  }

  /** The members of this level as they are, for sections in which any name is good. */
  public Map<String, JsonValue> values() {
    return new LinkedHashMap<>(members.members());
  }

  /** The value of a key as it is, or its default; null if it is absent and has no default. */
  public @Nullable JsonValue value(String key) {
    Key known = key(key);
    JsonValue value = members.get(key);
    return value != null ? value : known.byDefault();
  }

  /** The value of a key, or its default, only to be shown: that does not count as support of it. */
  @Nullable JsonValue shown(String key) {
    JsonValue value = members.get(key);
    Key known = configuration.table().find(template, key);
    return value != null || known == null ? value : known.byDefault();
  }

  /** The failure to tell about a key. */
  public ConfigurationException error(String key, String what) {
    return configuration.error(join(key), what);
  }

  /**
   * The failure to tell about a member of a section in which any name is good; an empty name stands
   * for all of it.
   */
  ConfigurationException errorAt(String member, String what) {
    return configuration.error(member.isEmpty() ? path : join(member), what);
  }

  private ConfigurationException mismatch(String key, String wanted, @Nullable JsonValue found) {
    if (found == null) {
      return error(key, "is missing");
    }
    return error(key, "must be " + wanted + ", is " + describe(found));
  }

  /** How a value is called in a message. */
  static String describe(JsonValue value) {
    return switch (value) {
      case JsonValue.Members _ -> "an object";
      case JsonValue.Items _ -> "a list";
      case JsonValue.Text text -> "the text \"" + text.text() + '"';
      case JsonValue.Whole whole -> "the number " + whole.number();
      case JsonValue.Real real -> "the number " + real.number();
      case JsonValue.Flag flag -> String.valueOf(flag.flag());
      case JsonValue.Null _ -> "null";
    };
  }

  private Key key(String key) {
    Key known = configuration.table().find(template, key);
    if (known == null) {
      throw new IllegalArgumentException(
          "no such key in keys.tsv: " + KeyTable.join(template, key));
    }
    configuration.asked().add(known.name());
    return known;
  }

  private String join(String key) {
    return KeyTable.join(path, key);
  }
}
