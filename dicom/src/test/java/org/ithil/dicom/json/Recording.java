package org.ithil.dicom.json;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BiConsumer;
import org.ithil.dicom.SharedData;
import org.ithil.dicom.json.JsonInput.Json;

/** Recorded answers of the reference, in shared/compat. Tests that ask are skipped without them. */
public final class Recording {
  private Recording() {}

  /** A file below shared/compat. */
  public static Path compat(String name) {
    return SharedData.require("../../compat").resolve(name).normalize();
  }

  private static Json read(Path file) throws IOException {
    // the tool that records writes numbers that JSON does not have
    String text = Files.readString(file).replaceAll("(?m)(-?Infinity|NaN)(,?)$", "null$2");
    return JsonInput.parse(new StringReader(text), 64 << 20, 200);
  }

  /** Passes each tag and its recorded name, with the private creator or null. */
  public static void names(Path file, NameSink sink) throws IOException {
    objects(
        read(file),
        (key, members) -> {
          if (key.matches("[0-9a-f]{4},[0-9a-f]{4}")
              && members.get("Name") instanceof Json.Text(String name)) {
            String creator =
                members.get("PrivateCreator") instanceof Json.Text(String text) ? text : null;
            sink.accept(
                key, name, creator, members.get("Type") instanceof Json.Text(String t) ? t : "");
          }
        });
  }

  /** Takes names. */
  @FunctionalInterface
  public interface NameSink {
    void accept(String tag, String name, String creator, String type);
  }

  private static void objects(Json json, BiConsumer<String, Map<String, Json>> sink) {
    switch (json) {
      case Json.Object(Map<String, Json> members) ->
          members.forEach((key, value) -> {
            if (value instanceof Json.Object(Map<String, Json> inner)) {
              sink.accept(key, inner);
            }
            objects(value, sink);
          });
      case Json.Array(var values) -> values.forEach(value -> objects(value, sink));
      case Json.Null _, Json.Bool _, Json.Number _, Json.Text _ -> {}
    }
  }

  /** A text somewhere in a recording, such as "tags-chrArab", "value", "PatientName". */
  public static String text(Path file, String... path) throws IOException {
    Json at = read(file);
    for (String name : path) {
      at = at instanceof Json.Object(Map<String, Json> members) ? members.get(name) : null;
    }
    return at instanceof Json.Text(String text) ? text : "";
  }

  /** Result and SOP class of each context that the steps probe, 0 for accepted. */
  public static void contexts(String scenario, String prefix, BiConsumer<String, Integer> sink)
      throws IOException {
    Json steps = member(read(compat("scenarios/" + scenario + ".json")), "steps");
    Json expected = read(compat("expected/" + scenario + ".json"));
    for (Json step : ((Json.Array) steps).values()) {
      String id = ((Json.Text) member(step, "id")).value();
      if (!id.startsWith(prefix)) {
        continue;
      }
      String asked = ((Json.Text) ((Json.Array) member(step, "exec")).values().getLast()).value();
      Json proposed = member(JsonInput.parse(new StringReader(asked), 1 << 20, 20), "contexts");
      Json got = member(member(member(expected, id), "value"), "contexts");
      for (int i = 0; i < ((Json.Array) proposed).values().size(); i++) {
        Json uid = ((Json.Array) ((Json.Array) proposed).values().get(i)).values().getFirst();
        Json result = ((Json.Array) ((Json.Array) got).values().get(i)).values().getFirst();
        sink.accept(((Json.Text) uid).value(), Integer.valueOf(((Json.Number) result).literal()));
      }
    }
  }

  /** The body of an answer. */
  static Json value(String scenario, String step) throws IOException {
    return member(member(read(compat("expected/" + scenario + ".json")), step), "value");
  }

  private static Json member(Json json, String name) {
    return ((Json.Object) json).members().get(name);
  }
}
