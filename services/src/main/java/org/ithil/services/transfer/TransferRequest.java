package org.ithil.services.transfer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.json.JsonValue;

/**
 * What is to be transferred, and how.
 *
 * @param resources as the client named them: objects with {@code Level} and {@code ID}, unchecked
 * @param peer name of the other side
 * @param gzip whether buckets are compressed
 * @param originator what the sender has to tell of itself; empty for anything
 * @param sender tells this transfer apart, for load balancers
 */
public record TransferRequest(
    List<JsonValue> resources,
    String peer,
    boolean gzip,
    Optional<String> originator,
    String sender) {
  /** The name of jobs that fetch. */
  public static final String PULL = "PullTransfer";

  /** The name of jobs that send. */
  public static final String PUSH = "PushTransfer";

  public TransferRequest {
    resources = List.copyOf(resources);
  }

  /** The word for the compression, as on the wire. */
  public String compression() {
    return gzip ? "gzip" : "none";
  }

  /** What a job begins with. */
  public JsonValue.Members seed() {
    Map<String, JsonValue> fields = content();
    fields.put("SenderTransferID", new JsonValue.Text(sender));
    return JsonValue.object(fields);
  }

  /** What clients see of it in the content of a job. */
  Map<String, JsonValue> content() {
    Map<String, JsonValue> fields = new TreeMap<>();
    fields.put("Resources", new JsonValue.Items(resources));
    fields.put("Peer", new JsonValue.Text(peer));
    fields.put("Compression", new JsonValue.Text(compression()));
    originator.ifPresent(text -> fields.put("Originator", new JsonValue.Text(text)));
    return fields;
  }

  /** Reads what {@link #seed} gives. */
  static TransferRequest of(JsonValue.Members seed) throws TransferException {
    return new TransferRequest(
        WireFields.items(seed, "Resources"),
        WireFields.text(seed, "Peer"),
        WireFields.text(seed, "Compression").equals("gzip"),
        seed.get("Originator") instanceof JsonValue.Text(String text)
            ? Optional.of(text)
            : Optional.empty(),
        WireFields.text(seed, "SenderTransferID"));
  }
}
