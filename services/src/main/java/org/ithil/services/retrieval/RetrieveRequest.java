package org.ithil.services.retrieval;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Level;
import org.ithil.dicom.data.Tags;
import org.ithil.services.modality.Modality;
import org.ithil.services.modality.ModalityClient.Call;
import org.ithil.services.modality.Operation;
import org.ithil.services.query.QueryKeys;

/**
 * What is to be fetched: the seed of a job.
 *
 * @param modality from whom, as it was known then
 * @param call how it is called; both of its parts are there
 * @param target title of where the instances are to go
 * @param permissive whether to go on when a part fails
 * @param parts what is wanted, one request for each
 * @param shown the parts as the client wants to see them
 */
public record RetrieveRequest(
    Modality modality,
    Call call,
    String target,
    boolean permissive,
    List<QueryKeys> parts,
    List<JsonValue> shown) {
  private static final String LEVEL = "Level";
  private static final String KEYS = "Keys";

  public RetrieveRequest {
    parts = List.copyOf(parts);
    shown = List.copyOf(shown);
  }

  /** Our title in the associations. */
  public String localAet() {
    return call.localAet().orElseThrow();
  }

  /** As JSON. */
  public JsonValue.Members seed() {
    JsonValue.Members remote =
        JsonValue.object(
            Map.of(
                "AET", new JsonValue.Text(modality.aet()),
                "Host", new JsonValue.Text(modality.host()),
                "Port", new JsonValue.Whole(modality.port()),
                "UseDicomTls", new JsonValue.Flag(modality.useTls())));
    return JsonValue.object(
        Map.of(
            "Modality", remote,
            "LocalAet", new JsonValue.Text(localAet()),
            "Timeout", new JsonValue.Whole(call.timeout().orElseThrow().toSeconds()),
            "TargetAet", new JsonValue.Text(target),
            "Permissive", new JsonValue.Flag(permissive),
            "Parts", new JsonValue.Items(parts.stream().map(RetrieveRequest::json).toList()),
            "Shown", new JsonValue.Items(shown)));
  }

  private static JsonValue json(QueryKeys keys) {
    return JsonValue.object(
        Map.of(LEVEL, new JsonValue.Text(keys.level().name()), KEYS, texts(keys)));
  }

  /** The keys of a part as {@code {"gggg,eeee": text}}. */
  static JsonValue.Members texts(QueryKeys keys) {
    Map<String, JsonValue> texts = new TreeMap<>();
    keys.texts().forEach((tag, text) -> texts.put(Tags.format(tag), new JsonValue.Text(text)));
    return JsonValue.object(texts);
  }

  /** The request that a seed was made of. */
  static RetrieveRequest of(JsonValue.Members seed) {
    JsonValue.Members remote = (JsonValue.Members) member(seed, "Modality");
    Modality modality =
        new Modality(
            text(remote, "AET"),
            text(remote, "Host"),
            (int) number(remote, "Port"),
            Modality.Manufacturer.GENERIC,
            EnumSet.noneOf(Operation.class),
            false,
            "",
            Duration.ZERO,
            flag(remote, "UseDicomTls"),
            Modality.RetrieveMethod.SYSTEM_DEFAULT);
    List<QueryKeys> parts = new ArrayList<>();
    for (JsonValue part : ((JsonValue.Items) member(seed, "Parts")).items()) {
      parts.add(keys((JsonValue.Members) part));
    }
    return new RetrieveRequest(
        modality,
        new Call(
            Optional.of(text(seed, "LocalAet")),
            Optional.of(Duration.ofSeconds(number(seed, "Timeout")))),
        text(seed, "TargetAet"),
        flag(seed, "Permissive"),
        parts,
        ((JsonValue.Items) member(seed, "Shown")).items());
  }

  private static QueryKeys keys(JsonValue.Members part) {
    SortedMap<Integer, String> texts = new TreeMap<>(Integer::compareUnsigned);
    ((JsonValue.Members) member(part, KEYS))
        .members()
        .forEach((tag, text) ->
            texts.put(Tags.parse(tag).orElseThrow(), ((JsonValue.Text) text).text()));
    return new QueryKeys(Level.valueOf(text(part, LEVEL)), texts);
  }

  private static JsonValue member(JsonValue.Members object, String name) {
    JsonValue value = object.get(name);
    if (value == null) {
      throw new IllegalStateException("a seed without " + name);
    }
    return value;
  }

  private static String text(JsonValue.Members object, String name) {
    return ((JsonValue.Text) member(object, name)).text();
  }

  private static long number(JsonValue.Members object, String name) {
    return ((JsonValue.Whole) member(object, name)).number();
  }

  private static boolean flag(JsonValue.Members object, String name) {
    return ((JsonValue.Flag) member(object, name)).flag();
  }
}
