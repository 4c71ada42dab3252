package org.ithil.archive.modification;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.ingest.Origin;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;

/**
 * A modification or anonymization of whole resources.
 *
 * @param anonymization whether it is one
 * @param bulk whether any number of resources was named, and clients get a list of all new ones
 * @param level at which identifiers change, with all levels below
 * @param resources what was named
 * @param request how it is edited: the body of the request
 * @param origin who wants it
 * @param choices besides
 */
public record ResourceModification(
    boolean anonymization,
    boolean bulk,
    Level level,
    SortedMap<ResourceId, Level> resources,
    JsonValue.Members request,
    Origin.Http origin,
    Choices choices) {
  /** The type of its jobs. */
  public static final String TYPE = "ResourceModification";

  private static final String ANONYMIZATION = "Anonymization";
  private static final String BULK = "Bulk";
  private static final String LEVEL = "Level";
  private static final String RESOURCES = "Resources";
  private static final String REQUEST = "Request";
  private static final String ORIGIN = "Origin";

  /**
   * What clients choose besides the edit.
   *
   * @param keepSource whether the sources stay
   * @param keepLabels whether the labels of patients, studies and series go to the new ones
   * @param permissive whether the rest is edited when an instance fails
   * @param transcode UID of the transfer syntax that is wanted
   * @param lossyQuality for lossy transfer syntaxes
   */
  public record Choices(
      boolean keepSource,
      boolean keepLabels,
      boolean permissive,
      Optional<String> transcode,
      OptionalInt lossyQuality) {
    static final String KEEP_SOURCE = "KeepSource";
    static final String KEEP_LABELS = "KeepLabels";
    static final String PERMISSIVE = "Permissive";
    static final String TRANSCODE = "Transcode";
    static final String LOSSY_QUALITY = "LossyQuality";

    /** Sources stay or do not; none of the others. */
    public static Choices of(boolean keepSource, boolean permissive) {
      return new Choices(keepSource, false, permissive, Optional.empty(), OptionalInt.empty());
    }

    void write(Map<String, JsonValue> seed) {
      seed.put(KEEP_SOURCE, new JsonValue.Flag(keepSource));
      seed.put(KEEP_LABELS, new JsonValue.Flag(keepLabels));
      seed.put(PERMISSIVE, new JsonValue.Flag(permissive));
      transcode.ifPresent(uid -> seed.put(TRANSCODE, new JsonValue.Text(uid)));
      lossyQuality.ifPresent(n -> seed.put(LOSSY_QUALITY, new JsonValue.Whole(n)));
    }

    static Choices of(JsonValue.Members seed) {
      return new Choices(
          Seeds.flag(seed, KEEP_SOURCE),
          Seeds.flag(seed, KEEP_LABELS),
          Seeds.flag(seed, PERMISSIVE),
          Seeds.optionalText(seed, TRANSCODE),
          Seeds.optionalInt(seed, LOSSY_QUALITY));
    }

    Assignment.Options options(boolean rewritesParents) {
      return new Assignment.Options(
          keepSource, keepLabels, permissive, rewritesParents, transcode, lossyQuality);
    }
  }

  public ResourceModification {
    resources = new TreeMap<>(resources);
  }

  /** The same, edited otherwise. */
  ResourceModification with(JsonValue.Members other) {
    return new ResourceModification(anonymization, bulk, level, resources, other, origin, choices);
  }

  /** As a job keeps it. */
  Map<String, JsonValue> toJson() {
    Map<String, JsonValue> seed = new TreeMap<>();
    seed.put(ANONYMIZATION, new JsonValue.Flag(anonymization));
    seed.put(BULK, new JsonValue.Flag(bulk));
    seed.put(LEVEL, new JsonValue.Text(level.name()));
    seed.put(RESOURCES, Seeds.resources(resources));
    seed.put(REQUEST, request);
    seed.put(ORIGIN, Seeds.origin(origin));
    choices.write(seed);
    return seed;
  }

  /** What {@link #toJson} has written. */
  static ResourceModification of(JsonValue.Members seed) {
    return new ResourceModification(
        Seeds.flag(seed, ANONYMIZATION),
        Seeds.flag(seed, BULK),
        Level.valueOf(Seeds.text(seed, LEVEL)),
        Seeds.resources(seed, RESOURCES),
        (JsonValue.Members) Seeds.present(seed, REQUEST),
        Seeds.origin(seed, ORIGIN),
        Choices.of(seed));
  }

  /** What clients see of it. */
  Assignment.Telling telling() {
    return new Assignment.Telling() {
      @Override
      public JsonValue.Members content(Tally tally) {
        return ResourceModification.this.content(tally);
      }

      @Override
      public boolean listsAll() {
        return bulk;
      }
    };
  }

  private JsonValue.Members content(Tally tally) {
    Map<String, JsonValue> content = new TreeMap<>();
    content.put("IsAnonymization", new JsonValue.Flag(anonymization));
    choices.transcode().ifPresent(uid -> content.put("Transcode", new JsonValue.Text(uid)));
    List<JsonValue> parents = new ArrayList<>();
    List<JsonValue> typed = new ArrayList<>();
    resources.forEach((id, type) -> {
      JsonValue text = new JsonValue.Text(id.toString());
      parents.add(text);
      typed.add(JsonValue.object(Map.of("ID", text, "Type", new JsonValue.Text(type.type()))));
    });
    if (!parents.isEmpty()) {
      content.put("ParentResources", new JsonValue.Items(parents));
    }
    if (bulk) {
      content.put("Resources", new JsonValue.Items(tally.list()));
      return JsonValue.object(content);
    }
    content.put("Resources", new JsonValue.Items(typed));
    tally
        .first()
        .ifPresent(made -> {
          String id = made.at(level).toString();
          content.put("ID", new JsonValue.Text(id));
          content.put("Path", new JsonValue.Text("/" + level.plural() + "/" + id));
          content.put("Type", new JsonValue.Text(level.type()));
          content.put("PatientID", new JsonValue.Text(made.patient().toString()));
        });
    return JsonValue.object(content);
  }
}
