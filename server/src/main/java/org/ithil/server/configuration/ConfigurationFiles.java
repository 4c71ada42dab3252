package org.ithil.server.configuration;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ithil.archive.json.JsonValue;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Reads configuration files and folders and merges them key by key at the top level. */
public final class ConfigurationFiles {
  private final KeyTable table;
  private final UnaryOperator<@Nullable String> variables;

  /**
   * @param table the keys there are
   * @param variables the environment: answers null for a variable that is not set
   */
  public ConfigurationFiles(KeyTable table, UnaryOperator<@Nullable String> variables) {
    this.table = table;
    this.variables = variables;
  }

  /**
   * Reads and merges.
   *
   * @param paths files, and folders of which every file ending in {@code .json} is read, not those
   *     of their subfolders; relative paths in the configuration are relative to the folder of the
   *     first one, or to the working directory if there is none
   * @throws ConfigurationException for a missing file, one that is no JSON object, or a key that
   *     stands in two files
   */
  public Configuration read(List<Path> paths) {
    SortedMap<String, JsonValue> members = new TreeMap<>();
    Map<String, Path> origins = new TreeMap<>();
    for (Path path : paths) {
      for (Path file : files(path)) {
        for (Map.Entry<String, JsonValue> member : parse(file).members().entrySet()) {
          Path other = origins.putIfAbsent(member.getKey(), file);
          if (other != null) {
            throw new ConfigurationException(
                file,
                member.getKey(),
                "this key stands in " + other + ", too; a key must stand in one file only");
          }
          members.put(member.getKey(), member.getValue());
        }
      }
    }
    return new Configuration(table, members, origins, base(paths));
  }

  private static Path base(List<Path> paths) {
    if (paths.isEmpty()) {
      return Path.of("");
    }
    Path first = paths.getFirst();
    if (Files.isDirectory(first)) {
      return first;
    }
    Path folder = first.getParent();
    return folder == null ? Path.of("") : folder;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> found = new ArrayList<>();
    try (Stream<Path> entries = Files.list(path)) {
      entries
          .filter(
              entry -> entry.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".json"))
          .filter(Files::isRegularFile)
          .sorted()
          .forEach(found::add);
    } catch (IOException e) {
      throw new ConfigurationException(
          path, "", "this folder cannot be read (" + e.getMessage() + ")");
    }
    return found;
  }

  private JsonValue.Members parse(Path file) {
    try {
      JsonValue root = ConfigurationParser.parse(Substitution.apply(text(file), variables));
      if (root instanceof JsonValue.Members object) {
        return object;
      }
      throw new ConfigurationException(
          file, "", "a configuration must be one JSON object: { ... }");
    } catch (JacksonException e) {
      throw new ConfigurationException(
          file, "", "this is not JSON" + place(e.getLocation()) + ": " + reason(e));
    }
  }

  /** What the parser says, without its own way to name places. */
  private static String reason(JacksonException e) {
    return String.valueOf(e.getOriginalMessage())
        .replaceAll(" *\\(start marker at \\[Source.*\\]\\)| *\\[Source[^\\]]*\\]", "")
        .strip();
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
  }

  private static String text(Path file) {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ConfigurationException(
          file,
          "",
          Files.exists(file)
              ? "this file cannot be read (" + e.getMessage() + ")"
              : "there is no such file");
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(file, "", "this file is not written in UTF-8");
    }
  }
}
