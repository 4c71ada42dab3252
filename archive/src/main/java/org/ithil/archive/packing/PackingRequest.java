package org.ithil.archive.packing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;

/**
 * What is to be packed, and how.
 *
 * @param media whether it gets a DICOMDIR; else folders with names for people
 * @param resources of any levels; what an other one contains counts once
 * @param bare whether the folders of patients and studies are left out
 * @param utf8 whether names are UTF-8, else ASCII
 * @param extended whether the DICOMDIR has more than PS3.3 wants
 * @param transcode UID of the transfer syntax that all instances are to have
 * @param lossyQuality for lossy transfer syntaxes
 * @param filename under which the archive is saved
 */
public record PackingRequest(
    boolean media,
    List<ResourceId> resources,
    boolean bare,
    boolean utf8,
    boolean extended,
    Optional<String> transcode,
    OptionalInt lossyQuality,
    String filename) {
  /** The type of jobs that pack plain archives. */
  public static final String ARCHIVE = "Archive";

  /** The type of jobs that pack media. */
  public static final String MEDIA = "Media";

  public PackingRequest {
    resources = List.copyOf(resources);
  }

  /** The type of the job. */
  public String type() {
    return media ? MEDIA : ARCHIVE;
  }

  /** What a job begins with. */
  public JsonValue.Members seed() {
    Map<String, JsonValue> seed = new TreeMap<>();
    seed.put(
        "Resources",
        new JsonValue.Items(
            resources.stream().<JsonValue>map(id -> new JsonValue.Text(id.toString())).toList()));
    seed.put("Bare", new JsonValue.Flag(bare));
    seed.put("Utf8", new JsonValue.Flag(utf8));
    seed.put("Extended", new JsonValue.Flag(extended));
    transcode.ifPresent(uid -> seed.put("Transcode", new JsonValue.Text(uid)));
    lossyQuality.ifPresent(quality -> seed.put("LossyQuality", new JsonValue.Whole(quality)));
    seed.put("Filename", new JsonValue.Text(filename));
    return JsonValue.object(seed);
  }

  /** The request that a job began with. */
  static PackingRequest of(boolean media, JsonValue.Members seed) {
    List<ResourceId> resources =
        seed.get("Resources") instanceof JsonValue.Items(List<JsonValue> items)
            ? items.stream()
                .map(item -> ResourceId.parse(((JsonValue.Text) item).text()).orElseThrow())
                .toList()
            : List.of();
    return new PackingRequest(
        media,
        resources,
        flag(seed, "Bare"),
        flag(seed, "Utf8"),
        flag(seed, "Extended"),
        text(seed, "Transcode"),
        seed.get("LossyQuality") instanceof JsonValue.Whole(long quality)
            ? OptionalInt.of((int) quality)
            : OptionalInt.empty(),
        text(seed, "Filename").orElse(""));
  }

  private static boolean flag(JsonValue.Members seed, String name) {
    return seed.get(name) instanceof JsonValue.Flag(boolean flag) && flag;
  }

  private static Optional<String> text(JsonValue.Members seed, String name) {
    return seed.get(name) instanceof JsonValue.Text(String text)
        ? Optional.of(text)
        : Optional.empty();
  }
}
