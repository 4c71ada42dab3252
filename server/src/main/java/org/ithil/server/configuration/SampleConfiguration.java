package org.ithil.server.configuration;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.server.configuration.KeyTable.Key;
import org.ithil.server.configuration.KeyTable.Support;

/** A configuration file that says every default, with the meaning of each key as a comment. */
public final class SampleConfiguration {
  private SampleConfiguration() {}

  /** Its text. */
  public static String text(KeyTable table) {
    StringBuilder text =
        new StringBuilder(
            "// All keys with their defaults; a key that stays as it is may be left out.\n{\n");
    List<Key> top =
        table.all().stream().filter(key -> key.name().indexOf('.') < 0 && !key.retired()).toList();
    List<String> blocks = new ArrayList<>();
    String last =
        top.stream()
            .filter(key -> key.byDefault() != null)
            .reduce((_, key) -> key)
            .map(Key::name)
            .orElse("");
    for (Key key : top) {
      StringBuilder block = new StringBuilder();
      String note = key.support() == Support.LATER ? " (not supported by this version)" : "";
      block.append("  // ").append(key.meaning()).append(note).append('\n');
      JsonValue byDefault = key.byDefault();
      if (byDefault == null) {
        block
            .append("  // \"")
            .append(key.name())
            .append("\" : ... (")
            .append(key.type())
            .append(", unset)\n");
      } else {
        block.append("  \"").append(key.name()).append("\" : ").append(json(byDefault));
        block.append(key.name().equals(last) ? "\n" : ",\n");
      }
      blocks.add(block.toString());
    }
    return text.append(String.join("\n", blocks)).append("}\n").toString();
  }

  static String json(JsonValue value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out)) {
      value.write(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8).strip().replace("\n", "\n  ");
  }
}
