package org.ithil.server;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.index.Index;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.services.modality.Modalities;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityJson;

/** The modalities that clients have set, kept in the index (key DicomModalitiesInDatabase). */
final class KeptModalities {
  private static final String SETTING = "DicomModalities";
  private static final long LIMIT = 1L << 30;

  private KeptModalities() {}

  static Modalities open(Index index) throws IOException {
    Optional<String> kept = index.read(reader -> reader.setting(SETTING));
    return new Modalities(
        kept.isPresent() ? read(kept.get()) : Map.of(), modalities -> save(index, modalities));
  }

  private static Map<String, Modality> read(String text) throws IOException {
    Map<String, Modality> modalities = new TreeMap<>();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (new JsonReader(LIMIT).read(new ByteArrayInputStream(bytes))
        instanceof JsonValue.Members all) {
      all.members().forEach((name, json) -> modalities.put(name, ModalityJson.read(json)));
    }
    return modalities;
  }

  private static void save(Index index, SortedMap<String, Modality> modalities) {
    Map<String, JsonValue> all = new TreeMap<>();
    modalities.forEach((name, modality) -> all.put(name, ModalityJson.write(modality)));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out, "")) {
      JsonValue.object(all).write(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String text = out.toString(StandardCharsets.UTF_8);
    index.write(writer -> {
      writer.setSetting(SETTING, text);
      return true;
    });
  }
}
