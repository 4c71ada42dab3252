package org.ithil.server.configuration;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.Modality.Manufacturer;
import org.ithil.services.modality.Modality.RetrieveMethod;
import org.ithil.services.modality.Operation;

/**
 * The entries of {@code DicomModalities}: an object, or in short {@code [AET, host, port,
 * manufacturer]}.
 */
final class ModalityKeys {
  private static final int HIGHEST_PORT = 65_534;
  private static final int DAY = 86_400;

  /** Names of old versions, which act as others. */
  private static final Map<String, Manufacturer> OLD =
      Map.of(
          "AgfaImpax", Manufacturer.GENERIC_NO_WILDCARD_IN_DATES,
          "SyngoVia", Manufacturer.GENERIC_NO_WILDCARD_IN_DATES,
          "EFilm2", Manufacturer.GENERIC,
          "MedInria", Manufacturer.GENERIC,
          "ClearCanvas", Manufacturer.GENERIC,
          "Dcm4Chee", Manufacturer.GENERIC);

  private ModalityKeys() {}

  static Map<String, Modality> modalities(Section root) {
    Section section = root.section("DicomModalities");
    Map<String, Modality> modalities = new TreeMap<>();
    for (String name : section.names()) {
      if (!name.matches("[A-Za-z0-9_-]+")) {
        throw section.error(name, "a name may have ASCII letters, digits, - and _ only");
      }
      modalities.put(
          name,
          section.value(name) instanceof JsonValue.Items(List<JsonValue> items)
              ? fromList(section, name, items)
              : fromObject(section.section(name)));
    }
    return modalities;
  }

  private static Modality fromList(Section section, String name, List<JsonValue> items) {
    if (items.size() < 3
        || items.size() > 4
        || !(items.get(0) instanceof JsonValue.Text(String aet))
        || !(items.get(1) instanceof JsonValue.Text(String host))) {
      throw section.error(
          name,
          "must be [ \"AET\", \"host\", port ] or [ \"AET\", \"host\", port, \"manufacturer\" ]");
    }
    int port = port(section, name, items.get(2));
    Modality modality = Modality.of(aet, host, port);
    if (items.size() == 3) {
      return modality;
    }
    if (!(items.get(3) instanceof JsonValue.Text(String maker))) {
      throw section.error(name, "the manufacturer must be a text in quotes");
    }
    return new Modality(
        aet,
        host,
        port,
        manufacturer(section, name, maker),
        modality.allowed(),
        modality.allowTranscoding(),
        modality.localAet(),
        modality.timeout(),
        modality.useTls(),
        modality.retrieveMethod());
  }

  private static Modality fromObject(Section fields) {
    JsonValue port = fields.value("Port");
    if (port == null) {
      throw fields.error("Port", "is missing");
    }
    return new Modality(
        fields.text("AET"),
        fields.text("Host"),
        port(fields, "Port", port),
        manufacturer(fields, "Manufacturer", fields.text("Manufacturer")),
        allowed(fields),
        fields.flag("AllowTranscoding"),
        fields.text("LocalAet"),
        Duration.ofSeconds(fields.integer("Timeout", 0, DAY)),
        fields.flag("UseDicomTls"),
        chosen(fields, "RetrieveMethod", RetrieveMethod.values(), RetrieveMethod::key));
  }

  /** A number, or digits in a text. */
  private static int port(Section section, String key, JsonValue value) {
    long port =
        switch (value) {
          case JsonValue.Whole(long number) -> number;
          case JsonValue.Text(String text) when text.matches("[0-9]{1,5}") -> Long.parseLong(text);
          case JsonValue other ->
              throw section.error(key, "the port must be a number, is " + Section.describe(other));
        };
    if (port < 1 || port > HIGHEST_PORT) {
      throw section.error(key, "the port must be between 1 and 65534, is " + port);
    }
    return (int) port;
  }

  private static Manufacturer manufacturer(Section section, String key, String text) {
    for (Manufacturer manufacturer : Manufacturer.values()) {
      if (manufacturer.key().equals(text)) {
        return manufacturer;
      }
    }
    Manufacturer old = OLD.get(text);
    if (old == null) {
      throw section.error(key, "there is no manufacturer \"" + text + '"');
    }
    return old;
  }

  private static Set<Operation> allowed(Section fields) {
    boolean commitment = fields.given("AllowStorageCommitment");
    Set<Operation> allowed = EnumSet.noneOf(Operation.class);
    for (Operation operation : Operation.values()) {
      boolean both =
          commitment && (operation == Operation.N_ACTION || operation == Operation.N_EVENT_REPORT);
      if (fields.flag(both ? "AllowStorageCommitment" : "Allow" + operation.key())) {
        allowed.add(operation);
      }
    }
    return allowed;
  }

  private static <T> T chosen(Section fields, String key, T[] values, Function<T, String> name) {
    String word = fields.word(key);
    for (T value : values) {
      if (name.apply(value).equals(word)) {
        return value;
      }
    }
    throw new IllegalStateException(key + " has no " + word);
  }
}
