package org.ithil.services.peer;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.services.peer.PeerClient.Body;
import org.ithil.services.peer.PeerClient.Call;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends one instance in each step. */
final class PeerStoreRun implements JobRun {
  private static final Logger LOG = LoggerFactory.getLogger(PeerStoreRun.class);
  private static final int MEGABYTE = 20;

  private final PeerStore.Request request;
  private final List<ResourceId> instances;
  private final Peers peers;
  private final PeerStore.Surroundings around;
  private final Map<String, JsonValue> constant;
  private int done;
  private int failed;
  private long size;

  /** Of what is being sent; it counts for clients at once, but only once. */
  private long underway;

  PeerStoreRun(
      PeerStore.Request request,
      JsonValue.Members seed,
      JsonValue checkpoint,
      Peers peers,
      PeerStore.Surroundings around) {
    this.request = request;
    this.instances = request.selection().instances();
    this.peers = peers;
    this.around = around;
    this.constant = constant(request, seed);
    if (checkpoint instanceof JsonValue.Members reached) {
      done = (int) number(reached, "Done");
      failed = (int) number(reached, "Failed");
      size = number(reached, "Size");
    }
  }

  private static long number(JsonValue.Members members, String name) {
    return members.get(name) instanceof JsonValue.Whole(long number) ? number : 0;
  }

  private static Map<String, JsonValue> constant(
      PeerStore.Request request, JsonValue.Members seed) {
    Map<String, JsonValue> content = new TreeMap<>(request.selection().content());
    content.put("Compress", new JsonValue.Flag(request.compress()));
    content.put("Description", new JsonValue.Text("REST API"));
    content.put("InstancesCount", new JsonValue.Whole(request.selection().instances().size()));
    for (String name : List.of("Peer", "Transcode")) {
      JsonValue value = seed.get(name);
      if (value != null) {
        content.put(name, value);
      }
    }
    return content;
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    if (done < instances.size()) {
      underway = 0;
      send(instances.get(done));
      size += underway;
      underway = 0;
      done++;
    }
    return done < instances.size() ? Step.MORE : Step.DONE;
  }

  private void send(ResourceId instance) throws IOException, InterruptedException {
    Peer peer = peers.ofJob(request.peer());
    try (Outgoing file = file(instance)) {
      underway = file.body.length();
      post(peer, file.body);
    } catch (IOException e) {
      if (!request.permissive() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      LOG.info("instance {} could not be sent: {}", instance, e.getMessage());
      failed++;
    }
  }

  private void post(Peer peer, Body body) throws IOException, InterruptedException {
    Call call = Call.post("instances", Call.FORM, body).again();
    if (request.compress()) {
      call = call.with("Content-Encoding", "gzip");
    }
    try (PeerClient.Reply reply = around.client().send(peer, call).ok()) {
      reply.bytes(PeerClient.SHORT);
    }
  }

  /** What is sent, and what is to be closed then. */
  private record Outgoing(Body body, AutoCloseable held) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      try {
        held.close();
      } catch (IOException | RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new IOException(e);
      }
    }
  }

  private Outgoing file(ResourceId instance) throws IOException {
    Optional<SpooledFile> transcoded = transcoded(instance);
    if (transcoded.isPresent()) {
      SpooledFile file = transcoded.get();
      if (!request.compress()) {
        return new Outgoing(Body.of(file), file);
      }
      try (file) {
        return compressed(file);
      }
    }
    Retrieval.OpenAttachment stored =
        around.retrieval().openFile(instance).orElseThrow(() -> gone(instance));
    if (!request.compress()) {
      Blob bytes = stored.bytes();
      return new Outgoing(
          Body.of(bytes.size(), () -> Channels.newInputStream(bytes.channel(0, bytes.size()))),
          stored);
    }
    try (stored) {
      return compressed(stored.bytes());
    }
  }

  private Optional<SpooledFile> transcoded(ResourceId instance) throws IOException {
    if (request.transcode().isEmpty()) {
      return Optional.empty();
    }
    try (Retrieval.OpenInstance whole =
        around.retrieval().dataSet(instance).orElseThrow(() -> gone(instance))) {
      return around.transcoding().transcode(whole.file(), request.transcode().get());
    }
  }

  /** Compressed before it is sent, so that its length is known. */
  private Outgoing compressed(ByteSource source) throws IOException {
    SpooledFile file;
    try (Spool.Writer writer = around.spool().open()) {
      GZIPOutputStream gzip = new GZIPOutputStream(writer, 64 << 10);
      source.copyTo(0, source.size(), gzip);
      gzip.finish();
      file = writer.finish();
    }
    return new Outgoing(Body.of(file), file);
  }

  private static NoSuchFileException gone(ResourceId instance) {
    return new NoSuchFileException(instance.toString(), null, "the instance was deleted");
  }

  @Override
  public JsonValue checkpoint() {
    return JsonValue.object(
        Map.of(
            "Done", new JsonValue.Whole(done),
            "Failed", new JsonValue.Whole(failed),
            "Size", new JsonValue.Whole(size)));
  }

  @Override
  public double progress() {
    return instances.isEmpty() ? 1 : (double) done / instances.size();
  }

  @Override
  public JsonValue.Members content() {
    Map<String, JsonValue> content = new TreeMap<>(constant);
    content.put("FailedInstancesCount", new JsonValue.Whole(failed));
    content.put("Size", new JsonValue.Text(Long.toString(size + underway)));
    content.put("SizeMB", new JsonValue.Whole((size + underway) >> MEGABYTE));
    return JsonValue.object(content);
  }

  @Override
  public void close() {}
}
