package org.ithil.services.modality;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.modality.Modality.Manufacturer;
import org.ithil.services.modality.Modality.RetrieveMethod;
import org.jspecify.annotations.Nullable;

/**
 * A modality as clients write and read it: an object of its fields, or in short {@code [AET, host,
 * port, manufacturer]}.
 */
public final class ModalityJson {
  private static final int HIGHEST_PORT = 65_534;

  /** Names of old versions, which act as others. */
  private static final Map<String, Manufacturer> OLD =
      Map.of(
          "AgfaImpax", Manufacturer.GENERIC_NO_WILDCARD_IN_DATES,
          "SyngoVia", Manufacturer.GENERIC_NO_WILDCARD_IN_DATES,
          "EFilm2", Manufacturer.GENERIC,
          "MedInria", Manufacturer.GENERIC,
          "ClearCanvas", Manufacturer.GENERIC,
          "Dcm4Chee", Manufacturer.GENERIC);

  private ModalityJson() {}

  /** JSON that is no modality. */
  public static final class FormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    /** What is wrong. */
    public enum Problem {
      /** Neither object nor array of three or four, or a port that is no number. */
      FORM,
      /** A field of another type. */
      TYPE,
      /** A value that there is not. */
      RANGE,
      /** A number below zero. */
      NEGATIVE
    }

    private final Problem problem;

    private FormatException(Problem problem, @Nullable String message) {
      super(message);
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }

  /**
   * Reads a modality; unknown fields are skipped.
   *
   * @throws FormatException if it is none
   */
  public static Modality read(JsonValue json) {
    return switch (json) {
      case JsonValue.Items(List<JsonValue> items) -> read(items);
      case JsonValue.Members object -> read(object);
      default -> throw malformed();
    };
  }

  private static Modality read(List<JsonValue> items) {
    if (items.size() != 3 && items.size() != 4) {
      throw malformed();
    }
    Map<String, JsonValue> fields = new TreeMap<>();
    fields.put("AET", items.get(0));
    fields.put("Host", items.get(1));
    fields.put("Port", items.get(2));
    if (items.size() == 4) {
      fields.put("Manufacturer", items.get(3));
    }
    return read(JsonValue.object(fields));
  }

  private static Modality read(JsonValue.Members fields) {
    String aet = text(fields, "AET").orElseThrow(() -> mistyped("String", "AET"));
    String host = text(fields, "Host").orElseThrow(() -> mistyped("String", "Host"));
    return new Modality(
        aet,
        host,
        port(fields.get("Port")),
        text(fields, "Manufacturer").map(ModalityJson::manufacturer).orElse(Manufacturer.GENERIC),
        allowed(fields),
        flag(fields, "AllowTranscoding", true),
        text(fields, "LocalAet").orElse(""),
        timeout(fields),
        flag(fields, "UseDicomTls", false),
        text(fields, "RetrieveMethod")
            .map(ModalityJson::retrieveMethod)
            .orElse(RetrieveMethod.SYSTEM_DEFAULT));
  }

  /** All fields. */
  public static JsonValue.Members write(Modality modality) {
    Map<String, JsonValue> fields = new TreeMap<>();
    fields.put("AET", new JsonValue.Text(modality.aet()));
    fields.put("Host", new JsonValue.Text(modality.host()));
    fields.put("Port", new JsonValue.Whole(modality.port()));
    fields.put("Manufacturer", new JsonValue.Text(modality.manufacturer().key()));
    for (Operation operation : Operation.values()) {
      fields.put(
          "Allow" + operation.key(), new JsonValue.Flag(modality.allowed().contains(operation)));
    }
    fields.put("AllowTranscoding", new JsonValue.Flag(modality.allowTranscoding()));
    fields.put("LocalAet", new JsonValue.Text(modality.localAet()));
    fields.put("Timeout", new JsonValue.Whole(modality.timeout().toSeconds()));
    fields.put("UseDicomTls", new JsonValue.Flag(modality.useTls()));
    fields.put("RetrieveMethod", new JsonValue.Text(modality.retrieveMethod().key()));
    return JsonValue.object(fields);
  }

  /**
   * A port as clients give it: a number, or digits in a text.
   *
   * @throws FormatException if it is none from 1 to 65534
   */
  public static int port(@Nullable JsonValue value) {
    long port =
        switch (value) {
          case JsonValue.Whole(long number) -> number;
          case JsonValue.Text(String text) when text.matches("-?[0-9]{1,9}") ->
              Long.parseLong(text);
          case null, default -> throw malformed();
        };
    if (port < 1 || port > HIGHEST_PORT) {
      throw new FormatException(
          FormatException.Problem.RANGE,
          "A TCP port number must be in range [1..65534], but found: " + port);
    }
    return (int) port;
  }

  private static Set<Operation> allowed(JsonValue.Members fields) {
    Set<Operation> allowed = EnumSet.noneOf(Operation.class);
    boolean commitment = fields.get("AllowStorageCommitment") != null;
    for (Operation operation : Operation.values()) {
      boolean both =
          commitment && (operation == Operation.N_ACTION || operation == Operation.N_EVENT_REPORT);
      if (flag(fields, both ? "AllowStorageCommitment" : "Allow" + operation.key(), true)) {
        allowed.add(operation);
      }
    }
    return allowed;
  }

  private static Duration timeout(JsonValue.Members fields) {
    return switch (fields.get("Timeout")) {
      case null -> Duration.ZERO;
      case JsonValue.Whole(long seconds) when seconds < 0 ->
          throw new FormatException(
              FormatException.Problem.NEGATIVE,
              "Negative value found while expecting an unsigned int in field 'Timeout'");
      case JsonValue.Whole(long seconds) when seconds <= Integer.MAX_VALUE ->
          Duration.ofSeconds(seconds);
      default -> throw mistyped("Integer", "Timeout");
    };
  }

  private static Manufacturer manufacturer(String name) {
    return Arrays.stream(Manufacturer.values())
        .filter(manufacturer -> manufacturer.key().equals(name))
        .findFirst()
        .or(() -> Optional.ofNullable(OLD.get(name)))
        .orElseThrow(() ->
            new FormatException(
                FormatException.Problem.RANGE, "Unknown modality manufacturer: \"" + name + '"'));
  }

  private static RetrieveMethod retrieveMethod(String name) {
    return Arrays.stream(RetrieveMethod.values())
        .filter(method -> method.key().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new FormatException(
                FormatException.Problem.RANGE,
                "RetrieveMethod can be \"C-MOVE\", \"C-GET\" or \"SystemDefault\": " + name));
  }

  private static Optional<String> text(JsonValue.Members fields, String name) {
    return switch (fields.get(name)) {
      case null -> Optional.empty();
      case JsonValue.Text(String text) -> Optional.of(text);
      default -> throw mistyped("String", name);
    };
  }

  private static boolean flag(JsonValue.Members fields, String name, boolean absent) {
    return switch (fields.get(name)) {
      case null -> absent;
      case JsonValue.Flag(boolean flag) -> flag;
      default -> throw mistyped("Boolean", name);
    };
  }

  private static FormatException malformed() {
    return new FormatException(FormatException.Problem.FORM, null);
  }

  private static FormatException mistyped(String type, String field) {
    return new FormatException(
        FormatException.Problem.TYPE, type + " value expected in field: " + field);
  }
}
