package org.ithil.archive.modification;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.ingest.Ingest.Inheritance;
import org.ithil.archive.ingest.IngestException;
import org.ithil.archive.ingest.IngestSequence.Made;
import org.ithil.archive.modification.ModificationException.Problem;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval.OpenInstance;
import org.ithil.dicom.edit.Edit;
import org.ithil.dicom.edit.Edit.Edited;
import org.ithil.dicom.io.DicomFile;
import org.jspecify.annotations.Nullable;

/** Makes the new instances of one job. Safe for concurrent use. */
final class Workshop {
  private final Modification.Surroundings around;
  private final Assignment assignment;
  private final Semaphore places;
  private final Set<ResourceId> settled = ConcurrentHashMap.newKeySet();
  private volatile boolean abandoned;
  private @Nullable IntFunction<Edit> edits;
  private final Map<Integer, Edit> made = new HashMap<>();

  Workshop(Modification.Surroundings around, Assignment assignment) {
    this.around = around;
    this.assignment = assignment;
    this.places = new Semaphore(around.rules().threads(), true);
  }

  private synchronized Edit edit(int occurrence) {
    IntFunction<Edit> making = edits;
    if (making == null) {
      making = assignment.edits().get();
      edits = making;
    }
    return made.computeIfAbsent(occurrence, making::apply);
  }

  /** An instance of that series has brought what its parents get: others need not. */
  void settle(Lineage made) {
    settled.add(made.series());
  }

  /** What is being made is given up. */
  void abandon() {
    abandoned = true;
  }

  /**
   * Makes the file of a new instance.
   *
   * @param occurrence how often the source was named before
   */
  Made make(Source source, int occurrence)
      throws IOException, InterruptedException, IngestException {
    places.acquire();
    try (OpenInstance opened =
        around.retrieval().dataSet(source.id()).orElseThrow(() -> gone(source.id()))) {
      Edited edited = edit(occurrence).apply(opened.file());
      Lineage target = around.ingest().lineage(edited.dataSet(), source.size());
      if (assignment.study().filter(study -> !study.equals(target.study())).isPresent()) {
        throw new ModificationException(
            Problem.BAD_REQUEST,
            "The identifiers of the target study cannot be written in the character set of"
                + " instance "
                + source.id());
      }
      SpooledFile file = write(opened.file(), edited);
      return new Made(file, inheritance(source, target));
    } finally {
      places.release();
    }
  }

  static ModificationException gone(ResourceId source) {
    return new ModificationException(
        Problem.GONE, "This instance was deleted before it was edited: " + source);
  }

  /**
   * Which instance comes of a source; only its header is read.
   *
   * @return empty if the source is gone, or none can be made of it
   */
  Optional<Lineage> target(ResourceId source, int occurrence) throws IOException {
    Optional<DicomFile> header = around.retrieval().header(source);
    if (header.isEmpty()) {
      return Optional.empty();
    }
    try (OpenInstance held = around.retrieval().hold(header.get())) {
      return Optional.of(around.ingest().lineage(edit(occurrence).apply(held.file()).dataSet(), 0));
    } catch (IngestException | org.ithil.dicom.edit.EditException e) {
      return Optional.empty();
    }
  }

  private SpooledFile write(DicomFile source, Edited edited) throws IOException {
    Assignment.Options options = assignment.options();
    if (options.transcode().isPresent()) {
      DicomFile file =
          new DicomFile(
              source.meta(),
              edited.dataSet(),
              edited.syntax(source.transferSyntax()),
              0,
              OptionalLong.empty(),
              pixels(source, edited),
              edited.values(),
              true);
      Optional<SpooledFile> transcoded =
          around.transcoder().transcode(file, options.transcode().get(), options.lossyQuality());
      if (transcoded.isPresent()) {
        return transcoded.get();
      }
    }
    try (Spool.Writer out = around.spool().open()) {
      edited.write(source.transferSyntax(), new Abandonable(out));
      return out.finish();
    }
  }

  private static OptionalInt pixels(DicomFile source, Edited edited) {
    OptionalInt tag = source.pixelDataTag();
    return tag.isPresent() && edited.dataSet().contains(tag.getAsInt()) ? tag : OptionalInt.empty();
  }

  private Inheritance inheritance(Source source, Lineage target) {
    boolean first = !settled.contains(target.series());
    Map<Level, Map<Integer, String>> metadata = new EnumMap<>(Level.class);
    Map<Level, Set<String>> labels = new EnumMap<>(Level.class);
    for (Level level : Source.PARENTS) {
      ResourceId old = source.lineage().at(level);
      if (first && !old.equals(target.at(level))) {
        assignment.trace().ifPresent(number -> metadata.put(level, Map.of(number, old.toString())));
        labels.put(level, source.labels().getOrDefault(level, Set.of()));
      }
    }
    assignment
        .trace()
        .ifPresent(number -> metadata.put(Level.INSTANCE, Map.of(number, source.id().toString())));
    return new Inheritance(
        metadata,
        labels,
        first && assignment.options().rewritesParents(),
        Set.of(source.lineage().patient()));
  }

  /** Fails when the job is given up, so that a large copy does not keep it. */
  private final class Abandonable extends FilterOutputStream {
    Abandonable(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (abandoned) {
        throw new InterruptedIOException("the job was stopped");
      }
      out.write(bytes, offset, length);
    }

    @Override
    public void close() {}
  }
}
