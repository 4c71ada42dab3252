package org.ithil.web.transfer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.job.engine.Submission;
import org.ithil.archive.json.JsonPart;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.peer.PeerException;
import org.ithil.services.transfer.Bucket;
import org.ithil.services.transfer.TransferRequest;
import org.ithil.services.transfer.TransferredFile;
import org.ithil.services.transfer.Transfers;
import org.ithil.services.transfer.Transfers.PeerStatus;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Arguments;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;
import org.jspecify.annotations.Nullable;

/** {@code /transfers}: what another server asks for, and what clients start. */
public final class TransferRoutes {
  private static final String JSON = "application/json";
  private static final double MEGABYTE = 1 << 20;
  private static final String COMMIT = "commit";

  private final Transfers transfers;
  private final Jobs jobs;

  public TransferRoutes(Transfers transfers, Jobs jobs) {
    this.transfers = transfers;
    this.jobs = jobs;
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get("/transfers/peers", this::peers),
        Route.post("/transfers/lookup", this::lookup),
        Route.get("/transfers/chunks/{ids}", this::chunks),
        Route.post("/transfers/push", this::open),
        Route.put("/transfers/push/{id}/{number}", this::put),
        Route.post("/transfers/push/{id}/" + COMMIT, this::commit),
        Route.delete("/transfers/push/{id}", this::discard),
        Route.post("/transfers/pull", this::pull),
        Route.post("/transfers/send", this::send));
  }

  /** JSON as the plugin answers it, without character set. */
  private static Answer json(JsonPart part) {
    return new Answer(200, JSON, Map.of(), new Answer.Json(part), null);
  }

  private static Answer nothing() {
    return Answer.bytes(new byte[] {'{', '}'}, JSON);
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("a transfer was interrupted");
  }

  private Answer peers(Request request) throws IOException {
    SortedMap<String, PeerStatus> all;
    try {
      all = transfers.peers();
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return json(writer -> {
      writer.beginObject();
      for (Map.Entry<String, PeerStatus> peer : all.entrySet()) {
        writer.member(peer.getKey(), peer.getValue().word());
      }
      writer.endObject();
    });
  }

  private Answer lookup(Request request) throws IOException {
    if (!(JsonBody.value(request) instanceof JsonValue.Items(List<JsonValue> resources))) {
      throw malformed();
    }
    List<TransferredFile> files = transfers.lookup(resources);
    long size = files.stream().mapToLong(TransferredFile::size).sum();
    return json(writer -> {
      writer.beginObject().member("CountInstances", files.size()).name("Instances").beginArray();
      for (TransferredFile file : files) {
        file.json().write(writer);
      }
      writer
          .endArray()
          .member("Originator", transfers.originator())
          .member("TotalSize", Long.toString(size))
          .member("TotalSizeMB", Math.round(size / MEGABYTE))
          .endObject();
    });
  }

  private Answer chunks(Request request) throws IOException {
    Arguments arguments = request.arguments();
    long offset = number(arguments.get("offset"));
    long size = number(arguments.get("size"));
    boolean gzip = isGzip(Objects.requireNonNullElse(arguments.get("compression"), "none"));
    Transfers.Sending bytes =
        transfers.chunks(List.of(request.variable("ids").split("\\.")), offset, size);
    Answer answer =
        gzip
            ? Answer.stream(
                out -> {
                  GZIPOutputStream zipped = new GZIPOutputStream(out, 64 << 10);
                  try (var in = bytes.open()) {
                    in.transferTo(zipped);
                  }
                  zipped.finish();
                },
                -1,
                "application/gzip")
            : Answer.stream(
                out -> {
                  try (var in = bytes.open()) {
                    in.transferTo(out);
                  }
                },
                bytes.size(),
                "application/octet-stream");
    return answer.holding(bytes::close);
  }

  private static long number(@Nullable String text) {
    if (text == null) {
      return 0;
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ApiException.of(ErrorCode.BAD_PARAMETER_TYPE);
    }
    return Long.parseLong(text);
  }

  private static boolean isGzip(String word) {
    return switch (word) {
      case "gzip" -> true;
      case "none" -> false;
      default -> throw ApiException.of(ErrorCode.PARAMETER_OUT_OF_RANGE);
    };
  }

  private Answer open(Request request) throws IOException {
    JsonBody body = JsonBody.of(request);
    List<TransferredFile> files = new ArrayList<>();
    for (JsonValue file : items(body, "Instances")) {
      files.add(TransferredFile.of(file));
    }
    List<Bucket> buckets = new ArrayList<>();
    for (JsonValue bucket : items(body, "Buckets")) {
      buckets.add(Bucket.of(bucket));
    }
    String id = transfers.openPush(files, buckets, isGzip(text(body, "Compression"))).toString();
    return json(writer ->
        writer.beginObject().member("ID", id).member("Path", "/transfers/push/" + id).endObject());
  }

  private static UUID transaction(Request request) {
    String text = request.variable("id");
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw ApiException.unknownResource();
    }
  }

  private Answer put(Request request) throws IOException {
    String number = request.variable("number");
    if (number.equals(COMMIT)) {
      return Answer.empty(405).with("Allow", "POST");
    }
    if (!number.matches("[0-9]{1,9}")) {
      throw ApiException.unknownResource();
    }
    transfers.putBucket(transaction(request), Integer.parseInt(number), request.body());
    return nothing();
  }

  private Answer commit(Request request) throws IOException {
    try {
      transfers.commitPush(transaction(request));
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return nothing();
  }

  private Answer discard(Request request) throws IOException {
    transfers.discardPush(transaction(request));
    return nothing();
  }

  private Answer pull(Request request) throws IOException {
    JsonBody body = JsonBody.of(request);
    TransferRequest wanted = wanted(body);
    int priority = priority(body);
    known(wanted.peer());
    return submitted(TransferRequest.PULL, wanted, priority);
  }

  /** The peer is asked to pull if that is known to work, else it is pushed. */
  private Answer send(Request request) throws IOException {
    JsonBody body = JsonBody.of(request);
    TransferRequest wanted = wanted(body);
    int priority = priority(body);
    known(wanted.peer());
    Optional<Transfers.RemoteJob> remote;
    try {
      remote = transfers.askToPull(wanted);
    } catch (InterruptedException e) {
      throw interrupted();
    }
    return remote.isEmpty()
        ? submitted(TransferRequest.PUSH, wanted, priority)
        : json(writer ->
            writer
                .beginObject()
                .member("Peer", wanted.peer())
                .member("RemoteJob", remote.get().id())
                .member("URL", remote.get().url())
                .endObject());
  }

  private void known(String peer) {
    try {
      transfers.known(peer);
    } catch (PeerException e) {
      throw ApiException.unknownResource();
    }
  }

  private Answer submitted(String type, TransferRequest wanted, int priority) {
    Submission submission =
        new Submission(type, wanted.seed(), priority, Optional.empty(), Optional.empty());
    String id = jobs.submit(submission).id().toString();
    return json(
        writer -> writer.beginObject().member("ID", id).member("Path", "/jobs/" + id).endObject());
  }

  private TransferRequest wanted(JsonBody body) {
    List<JsonValue> resources = items(body, "Resources");
    String peer = text(body, "Peer");
    boolean gzip = isGzip(text(body, "Compression"));
    Optional<String> originator =
        body.get("Originator") == null ? Optional.empty() : Optional.of(text(body, "Originator"));
    String sender =
        switch (body.get("SenderTransferID")) {
          case null -> transfers.newSender();
          case JsonValue.Text(String text) when isFieldValue(text) -> text;
          case JsonValue _ ->
              throw ApiException.of(
                  ErrorCode.BAD_FILE_FORMAT, "SenderTransferID should be a string");
        };
    return new TransferRequest(resources, peer, gzip, originator, sender);
  }

  /** It is sent as a field of HTTP heads. */
  private static boolean isFieldValue(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
  }

  private static int priority(JsonBody body) {
    return switch (body.get("Priority")) {
      case null -> 0;
      case JsonValue.Whole(long number) when number == (int) number -> (int) number;
      case JsonValue _ -> throw malformed();
    };
  }

  private static List<JsonValue> items(JsonBody body, String name) {
    if (body.get(name) instanceof JsonValue.Items(List<JsonValue> items)) {
      return items;
    }
    throw malformed();
  }

  private static String text(JsonBody body, String name) {
    if (body.get(name) instanceof JsonValue.Text(String text)) {
      return text;
    }
    throw malformed();
  }

  private static ApiException malformed() {
    return ApiException.of(ErrorCode.BAD_FILE_FORMAT);
  }
}
