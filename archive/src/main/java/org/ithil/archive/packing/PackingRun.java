package org.ithil.archive.packing;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32;
import org.ithil.archive.job.engine.JobRun;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.retrieval.ReadAhead;
import org.jspecify.annotations.Nullable;

/**
 * Packs one archive, one instance a step. What is packed cannot be taken up by another run: one
 * that goes on begins anew.
 */
final class PackingRun implements JobRun {
  private static final int MEGABYTE = 1 << 20;

  private final PackingRequest request;
  private final Packing.Parts parts;
  private final Plan plan;
  private final Destination destination;
  private final Loading loading;
  private final ReadAhead<Entries.Entry, Loaded> ahead;
  private @Nullable ZipWriter zip;
  private @Nullable MediaDirectory directory;
  private Place place = Place.KEPT;
  private long done;
  private boolean complete;

  PackingRun(PackingRequest request, Packing.Parts parts, Plan plan, Destination destination) {
    this.request = request;
    this.parts = parts;
    this.plan = plan;
    this.destination = destination;
    this.loading = new Loading(request, parts);
    PackingRules rules = parts.rules();
    this.ahead =
        new ReadAhead<>(
            new Entries(parts.index(), plan),
            rules.window() + Runtime.getRuntime().availableProcessors(),
            new ReadAhead.Budget(rules.windowBytes(), rules.allBytes(), parts.ahead()),
            loading);
  }

  @Override
  public void takes(Place own) {
    place = own;
  }

  @Override
  public Step step() throws IOException, InterruptedException {
    try {
      return packNext();
    } catch (IOException | InterruptedException | RuntimeException | OutOfMemoryError e) {
      destination.fail(e);
      throw e;
    }
  }

  private Step packNext() throws IOException, InterruptedException {
    ZipWriter to = zip == null ? begin() : zip;
    Optional<ReadAhead.Next<Entries.Entry, Loaded>> next = ahead.next();
    if (next.isEmpty()) {
      if (directory != null) {
        byte[] bytes = directory.bytes();
        CRC32 crc = new CRC32();
        crc.update(bytes);
        Deflation.Packed packed = parts.deflation().whole(bytes, bytes.length);
        to.add(
            MediaDirectory.NAME,
            ZipWriter.DEFLATED,
            (int) crc.getValue(),
            bytes.length,
            packed.bytes(),
            packed.length());
      }
      to.finish();
      complete = true;
      return new Step.Done(destination.complete());
    }
    pack(to, next.get().item(), next.get().loaded());
    done++;
    return Step.MORE;
  }

  private ZipWriter begin() throws IOException {
    ZipWriter begun = new ZipWriter(destination.open(place), LocalDateTime.now(parts.clock()));
    if (request.media()) {
      directory = new MediaDirectory();
    }
    zip = begun;
    return begun;
  }

  private void pack(ZipWriter to, Entries.Entry entry, Loaded loaded)
      throws IOException, InterruptedException {
    switch (loaded) {
      case Loaded.Gone _ -> {}
      case Loaded.Whole whole -> {
        String path = entry.path();
        if (directory != null && whole.records().isPresent()) {
          path = directory.add(entry.part(), whole.records().get());
        }
        to.add(path, whole.method(), whole.crc(), whole.size(), whole.packed(), whole.length());
      }
      case Loaded.Large _ -> {
        try (Loading.Source source = loading.open(entry.file())) {
          if (source == null) {
            return;
          }
          String path = entry.path();
          if (directory != null && source.records().isPresent()) {
            path = directory.add(entry.part(), source.records().get());
          }
          new LargeFile(loading, parts).write(to, path, source);
        }
      }
    }
  }

  @Override
  public JsonValue checkpoint() {
    return new JsonValue.Null();
  }

  @Override
  public double progress() {
    return complete ? 1 : plan.instances() == 0 ? 0 : Math.min(1, (double) done / plan.instances());
  }

  @Override
  public JsonValue.Members content() {
    Map<String, JsonValue> content = new TreeMap<>();
    size(content, "ArchiveSize", zip == null ? 0 : zip.size());
    size(content, "UncompressedSize", plan.bytes());
    content.put("Description", new JsonValue.Text("REST API"));
    content.put("InstancesCount", new JsonValue.Whole(plan.instances()));
    content.put("Utf8", new JsonValue.Flag(request.utf8()));
    request.transcode().ifPresent(uid -> content.put("Transcode", new JsonValue.Text(uid)));
    request
        .lossyQuality()
        .ifPresent(quality -> content.put("LossyQuality", new JsonValue.Whole(quality)));
    return JsonValue.object(content);
  }

  private static void size(Map<String, JsonValue> content, String name, long bytes) {
    content.put(name, new JsonValue.Text(Long.toString(bytes)));
    content.put(name + "MB", new JsonValue.Whole(bytes / MEGABYTE));
  }

  @Override
  public void close() {
    ahead.close();
    try {
      destination.close();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
