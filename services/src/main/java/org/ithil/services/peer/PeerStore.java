package org.ithil.services.peer;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.job.engine.JobType;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.services.selection.Selection;
import org.ithil.services.transcoding.Transcoding;

/** Jobs that send instances to a peer, one request for each. */
public final class PeerStore implements JobType {
  /** The name of the type. */
  public static final String NAME = "OrthancPeerStore";

  private final Peers peers;
  private final Surroundings around;

  /** What the jobs use. */
  record Surroundings(
      PeerClient client, Retrieval retrieval, Spool spool, Transcoding transcoding) {}

  public PeerStore(Peers peers, PeerClient client, Retrieval retrieval, Spool spool) {
    this.peers = peers;
    this.around = new Surroundings(client, retrieval, spool, new Transcoding(spool));
  }

  /**
   * What is to be sent.
   *
   * @param peer its name
   * @param compress whether bodies are compressed (gzip)
   * @param transcode UID of the syntax to send in, where that is possible
   * @param permissive whether an instance that cannot be sent is only counted
   */
  public record Request(
      String peer,
      Selection selection,
      boolean compress,
      Optional<String> transcode,
      boolean permissive) {
    /**
     * What the job begins with. Secrets are not in it: the peer is looked up when the job runs.
     *
     * @param shown the peer's definition, as clients are to see it
     */
    public JsonValue.Members seed(Peer shown) {
      Map<String, JsonValue> fields = new TreeMap<>();
      fields.put("Name", new JsonValue.Text(peer));
      fields.put("Peer", shown.content());
      fields.put("Selection", selection.seed());
      fields.put("Compress", new JsonValue.Flag(compress));
      transcode.ifPresent(uid -> fields.put("Transcode", new JsonValue.Text(uid)));
      fields.put("Permissive", new JsonValue.Flag(permissive));
      return JsonValue.object(fields);
    }

    static Request of(JsonValue.Members seed) {
      if (!(seed.get("Name") instanceof JsonValue.Text(String name))
          || !(seed.get("Selection") instanceof JsonValue.Members selection)) {
        throw new IllegalArgumentException("no request to send to a peer");
      }
      return new Request(
          name,
          Selection.of(selection),
          new JsonValue.Flag(true).equals(seed.get("Compress")),
          seed.get("Transcode") instanceof JsonValue.Text(String uid)
              ? Optional.of(uid)
              : Optional.empty(),
          new JsonValue.Flag(true).equals(seed.get("Permissive")));
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public JobRun open(JsonValue.Members seed, JsonValue checkpoint) {
    return new PeerStoreRun(Request.of(seed), seed, checkpoint, peers, around);
  }
}
