package org.ithil.archive.json;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A JSON document held in memory: request bodies, and answers whose keys cannot be known in order.
 */
public sealed interface JsonValue extends JsonPart {

  /** The members of an object, in the order of their names (code units). */
  record Members(SortedMap<String, JsonValue> members) implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.beginObject();
      for (Map.Entry<String, JsonValue> member : members.entrySet()) {
        writer.name(member.getKey());
        member.getValue().write(writer);
      }
      writer.endObject();
    }

    /** The member of that name, or null. */
    public @Nullable JsonValue get(String name) {
      return members.get(name);
    }
  }

  /** The items of an array. */
  record Items(List<JsonValue> items) implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.beginArray();
      for (JsonValue item : items) {
        item.write(writer);
      }
      writer.endArray();
    }
  }

  /** A string. */
  record Text(String text) implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.value(text);
    }
  }

  /** A number without fraction. */
  record Whole(long number) implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.value(number);
    }
  }

  /** A number with fraction or exponent, or beyond 64 bits. */
  record Real(double number) implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.value(number);
    }
  }

  /** True or false. */
  record Flag(boolean flag) implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.value(flag);
    }
  }

  /** Null. */
  record Null() implements JsonValue {
    @Override
    public void write(JsonWriter writer) throws IOException {
      writer.nullValue();
    }
  }

  /** An object of those members, sorted by name. */
  static Members object(Map<String, ? extends JsonValue> members) {
    return new Members(new TreeMap<>(members));
  }
}
