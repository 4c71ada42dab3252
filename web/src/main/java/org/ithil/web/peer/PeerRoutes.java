package org.ithil.web.peer;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.ithil.archive.Archive;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.engine.Jobs;
import org.ithil.archive.json.JsonFormatException;
import org.ithil.archive.json.JsonReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.services.peer.Peer;
import org.ithil.services.peer.PeerClient;
import org.ithil.services.peer.PeerClient.Call;
import org.ithil.services.peer.PeerException;
import org.ithil.services.peer.PeerStore;
import org.ithil.services.peer.Peers;
import org.ithil.services.selection.ExportLog;
import org.ithil.services.selection.Selection;
import org.ithil.services.transcoding.Transcoding;
import org.ithil.web.body.JsonBody;
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;
import org.ithil.web.job.JobCalls;
import org.ithil.web.job.JobOptions;
import org.ithil.web.job.NamedResources;
import org.ithil.web.route.Answer;
import org.ithil.web.route.Request;
import org.ithil.web.route.Route;

/** {@code /peers}: their definitions, and what can be done with each. */
public final class PeerRoutes {
  private static final List<String> OPERATIONS =
      List.of("configuration", "store", "store-straight", "system");
  private static final String PLAIN_JSON = "application/json";
  private static final int DEFINITION_LIMIT = 1 << 20;

  private final Peers peers;
  private final PeerClient client;
  private final JobCalls jobs;
  private final Archive archive;
  private final Optional<ExportLog> exports;

  /**
   * The routes.
   *
   * @param logExports whether what is sent is logged
   */
  public PeerRoutes(
      Peers peers, PeerClient client, Jobs jobs, Archive archive, boolean logExports, Clock clock) {
    this.peers = peers;
    this.client = client;
    this.jobs = new JobCalls(jobs);
    this.archive = archive;
    this.exports =
        logExports ? Optional.of(new ExportLog(archive.index(), clock)) : Optional.empty();
  }

  /** All of them. */
  public List<Route> routes() {
    return List.of(
        Route.get("/peers", this::list),
        Route.get("/peers/{name}", this::operations),
        Route.put("/peers/{name}", this::put),
        Route.delete("/peers/{name}", this::delete),
        Route.get("/peers/{name}/configuration", r -> Answer.json(peer(r).configuration())),
        Route.get("/peers/{name}/system", this::system),
        Route.post("/peers/{name}/store", this::store),
        Route.post("/peers/{name}/store-straight", this::storeStraight));
  }

  private Answer list(Request request) {
    SortedMap<String, Peer> all = peers.all();
    if (!request.arguments().flag("expand", false)) {
      return Answer.json(json -> json.texts(all.keySet()));
    }
    return Answer.json(json -> {
      json.beginObject();
      for (Map.Entry<String, Peer> peer : all.entrySet()) {
        json.member(peer.getKey(), peer.getValue().configuration());
      }
      json.endObject();
    });
  }

  private Answer operations(Request request) {
    return peers.get(request.variable("name")).isPresent()
        ? Answer.json(json -> json.texts(OPERATIONS))
        : Answer.empty(404);
  }

  private Answer put(Request request) throws IOException {
    String name = request.variable("name");
    JsonValue definition;
    try {
      definition = new JsonReader(DEFINITION_LIMIT).read(request.body());
    } catch (JsonFormatException e) {
      return Answer.empty(404); // so it is recorded
    }
    if (!Peers.isName(name)) {
      throw ApiException.of(
          ErrorCode.BAD_FILE_FORMAT,
          "Only alphanumeric, dash characters and underscores are allowed in the names of"
              + " modalities/peers, but found: "
              + name);
    }
    peers.put(name, Peer.of(definition));
    return Answer.done();
  }

  private Answer delete(Request request) {
    String name = request.variable("name");
    if (!peers.remove(name)) {
      throw ApiException.of(ErrorCode.INEXISTENT_ITEM, "Unknown Orthanc peer: " + name);
    }
    return Answer.done();
  }

  private Peer peer(Request request) throws PeerException {
    String name = request.variable("name");
    return peers.get(name).orElseThrow(() -> new PeerException.Unknown(name));
  }

  /** What the peer says of itself, as it is. */
  private Answer system(Request request) throws IOException {
    try (PeerClient.Reply reply = send(peer(request), Call.get("system"))) {
      return switch (reply.status()) {
        case 200 -> Answer.bytes(reply.bytes(PeerClient.SHORT), PLAIN_JSON);
        case 401 -> throw ApiException.of(ErrorCode.BAD_HTTP_STATUS);
        default -> Answer.empty(reply.status() < 400 ? 500 : reply.status());
      };
    }
  }

  private Answer store(Request request) throws IOException {
    NamedResources named = NamedResources.of(request);
    String name = request.variable("name");
    // Logged before anything else is looked at, so it is recorded.
    exports.ifPresent(log -> log.add(name, named.leading()));
    NamedResources.Found found = named.find(archive.index());
    JsonBody body = named.options();
    JobOptions options = JobOptions.of(body);
    boolean compress = body.flag("Compress", false);
    Optional<String> transcode = body.text("Transcode");
    transcode
        .filter(uid -> !Transcoding.isSyntax(uid))
        .ifPresent(uid -> {
          throw ApiException.of(ErrorCode.BAD_FILE_FORMAT, "Unknown transfer syntax UID: " + uid);
        });
    return jobs.answer(
        options,
        PeerStore.NAME,
        new PeerStore.Request(
                name,
                new Selection(found.resources(), found.instances()),
                compress,
                transcode,
                options.permissive())
            .seed(peer(request)));
  }

  /** The body is handed on as it comes, the answer handed back. */
  private Answer storeStraight(Request request) throws IOException {
    Peer peer = peer(request);
    try (SpooledFile file = archive.spool().spool(request.body());
        PeerClient.Reply reply =
            send(peer, Call.post("instances", Call.FORM, PeerClient.Body.of(file)).again()).ok()) {
      return Answer.json(reply.json(client.answerSize())); // a list, if an archive was sent
    } catch (PeerException.Refused | PeerException.BadAnswer e) {
      throw ApiException.of(
          ErrorCode.NETWORK_PROTOCOL,
          "Cannot send DICOM to remote peer: " + request.variable("name"));
    }
  }

  private PeerClient.Reply send(Peer peer, Call call) throws IOException {
    try {
      return client.send(peer, call);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the request to a peer was interrupted");
    }
  }
}
