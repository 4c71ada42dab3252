package org.ithil.services.transfer;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.json.JsonWriter;
import org.ithil.archive.resource.ResourceId;
import org.ithil.services.peer.Peer;
import org.ithil.services.peer.PeerClient;
import org.ithil.services.peer.PeerClient.Body;
import org.ithil.services.peer.PeerClient.Call;
import org.ithil.services.peer.PeerClient.Reply;
import org.ithil.services.peer.PeerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests of a transfer to a peer, each repeated as often as the configuration wants. */
final class Remote {
  private static final Logger LOG = LoggerFactory.getLogger(Remote.class);
  private static final String SENDER = "sender-transfer-id";
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final long PAUSE_MILLIS = 1000;

  private final Transfers.Outside outside;
  private final Peer peer;
  private final String sender;

  Remote(Transfers.Outside outside, Peer peer, String sender) {
    this.outside = outside;
    this.peer = peer;
    this.sender = sender;
  }

  private interface Attempt<T> {
    T run() throws IOException, InterruptedException;
  }

  private <T> T often(Attempt<T> attempt) throws IOException, InterruptedException {
    for (int left = outside.rules().retries(); left > 0; left--) {
      try {
        return attempt.run();
      } catch (PeerException e) {
        LOG.info("A request of a transfer has failed, it is repeated: {}", e.getMessage());
        Thread.sleep(PAUSE_MILLIS);
      }
    }
    return attempt.run();
  }

  /** Whether a peer lists this capability among its plugins. */
  static boolean takesPart(Transfers.Outside outside, Peer peer) throws InterruptedException {
    Call call = Call.get("plugins").within(outside.rules().connectivityTimeout());
    try (Reply reply = outside.client().send(peer, call).ok()) {
      return reply.json(PeerClient.SHORT) instanceof JsonValue.Items(List<JsonValue> plugins)
          && plugins.contains(new JsonValue.Text("transfers"));
    } catch (IOException e) {
      return false;
    }
  }

  private static Body body(JsonValue json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonWriter writer = new JsonWriter(out, "")) {
      json.write(writer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Body.of(out.toByteArray());
  }

  private JsonValue ask(Call call, int limit) throws IOException, InterruptedException {
    try (Reply reply = outside.client().send(peer, call).ok()) {
      return reply.json(limit);
    }
  }

  /** What the peer has of the resources asked for. */
  record Found(List<TransferredFile> files, String originator) {}

  Found lookup(List<JsonValue> resources) throws IOException, InterruptedException {
    Call call =
        Call.post("transfers/lookup", JSON, body(new JsonValue.Items(resources)))
            .with(SENDER, sender)
            .again();
    return often(() -> {
      JsonValue answer = ask(call, outside.client().answerSize());
      try {
        List<TransferredFile> files = new ArrayList<>();
        for (JsonValue file : WireFields.items(answer, "Instances")) {
          TransferredFile found = TransferredFile.of(file);
          if (ResourceId.parse(found.id()).isEmpty()) {
            throw new PeerException.BadAnswer(call.path(), "no identifier of an instance");
          }
          files.add(found);
        }
        return new Found(files, WireFields.text(answer, "Originator"));
      } catch (TransferException e) {
        throw new PeerException.BadAnswer(call.path(), "the answer has not the right form");
      }
    });
  }

  /** A bucket, and how many bytes it was on the way. */
  record Fetched(SpooledFile bytes, long wire) {}

  Fetched fetch(Bucket bucket, boolean gzip, Spool spool) throws IOException, InterruptedException {
    String ids = bucket.chunks().stream().map(Bucket.Chunk::id).collect(Collectors.joining("."));
    Call call =
        Call.get(
            "transfers/chunks/"
                + ids
                + "?offset="
                + bucket.chunks().getFirst().offset()
                + "&size="
                + bucket.size()
                + "&compression="
                + (gzip ? "gzip" : "none"));
    return often(() -> {
      try (Reply reply = outside.client().send(peer, call).ok();
          CountingStream wire = new CountingStream(reply.body());
          Spool.Writer writer = spool.open()) {
        copy(gzip ? new GZIPInputStream(wire, 64 << 10) : wire, bucket.size(), writer, call);
        return new Fetched(writer.finish(), wire.count());
      } catch (ZipException | EOFException e) {
        throw new PeerException.BadAnswer(call.path(), "the chunks are not compressed as asked");
      }
    });
  }

  private static void copy(InputStream from, long size, Spool.Writer to, Call call)
      throws IOException {
    byte[] piece = new byte[64 << 10];
    long count = 0;
    for (int n = from.read(piece); n >= 0; n = from.read(piece)) {
      count += n;
      if (count > size) {
        break;
      }
      to.write(piece, 0, n);
    }
    if (count != size) {
      throw new PeerException.BadAnswer(
          call.path(), "the chunks have not the size asked for, " + size + " bytes");
    }
  }

  /**
   * A push that is open at the peer.
   *
   * @param path of the transaction
   * @param cookie that it wants to see again; empty for none
   */
  record Push(String path, String cookie) {}

  Push open(List<TransferredFile> files, List<Bucket> buckets, boolean gzip)
      throws IOException, InterruptedException {
    JsonValue opening =
        JsonValue.object(
            Map.of(
                "Instances",
                new JsonValue.Items(files.stream().<JsonValue>map(TransferredFile::json).toList()),
                "Buckets",
                new JsonValue.Items(buckets.stream().map(Bucket::json).toList()),
                "Compression",
                new JsonValue.Text(gzip ? "gzip" : "none")));
    Call call =
        Call.post("transfers/push", JSON, body(opening))
            .with(SENDER, sender)
            .within(outside.rules().commitTimeout());
    return often(() -> {
      try (Reply reply = outside.client().send(peer, call).ok()) {
        String path = path(reply.json(PeerClient.SHORT), reply.url());
        List<String> cookies = reply.headers().getOrDefault("set-cookie", List.of());
        String last = cookies.isEmpty() ? "" : cookies.getLast();
        return new Push(path, last.split(";", 2)[0].strip());
      }
    });
  }

  private static String path(JsonValue answer, String url) throws PeerException {
    if (answer instanceof JsonValue.Members object
        && object.get("Path") instanceof JsonValue.Text(String path)
        && path.matches("/?[A-Za-z0-9/_-]+")) {
      return path.startsWith("/") ? path.substring(1) : path;
    }
    throw new PeerException.BadAnswer(url, "the answer has not the right form");
  }

  private Call of(Push push, Call call) {
    Call ours = call.with(SENDER, sender).again();
    return push.cookie().isEmpty() ? ours : ours.with("Cookie", push.cookie());
  }

  void put(Push push, int number, Body bytes) throws IOException, InterruptedException {
    Call call = Call.post(push.path() + "/" + number, BYTES, bytes).by("PUT");
    often(() -> {
      outside.client().send(peer, of(push, call)).ok().close();
      return true;
    });
  }

  void commit(Push push) throws IOException, InterruptedException {
    Call call =
        Call.post(push.path() + "/commit", Call.FORM, Body.NONE)
            .within(outside.rules().commitTimeout());
    often(() -> {
      outside.client().send(peer, of(push, call)).ok().close();
      return true;
    });
  }

  /** Drops it, if the peer can be reached. */
  void discard(Push push) throws InterruptedException {
    Call call = Call.get(push.path()).by("DELETE").within(outside.rules().connectivityTimeout());
    try {
      outside.client().send(peer, of(push, call)).close();
    } catch (IOException e) {
      LOG.info("A push could not be dropped: {}", e.getMessage());
    }
  }

  /** Asks the peer to pull; the answer is its job. */
  String pull(TransferRequest request) throws IOException, InterruptedException {
    Call call =
        Call.post("transfers/pull", JSON, body(request.seed()))
            .with(SENDER, sender)
            .within(outside.rules().commitTimeout());
    JsonValue answer = ask(call, PeerClient.SHORT);
    if (answer instanceof JsonValue.Members object
        && object.get("ID") instanceof JsonValue.Text(String id)
        && id.matches("[0-9A-Za-z-]+")) {
      return id;
    }
    throw new PeerException.BadAnswer(
        peer.url() + call.path(), "the answer has not the right form");
  }

  /** Whether a failure says that the peer does not know a push any more. */
  static boolean isForgotten(Throwable failure) {
    return failure instanceof PeerException.Refused refused && refused.status() == 404;
  }
}
