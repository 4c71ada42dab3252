package org.ithil.services.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.json.JsonValue;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.services.transfer.TransferException.Problem;

/** Finds the files of resources that are named by level and identifier. */
final class Lookup {
  private final Index index;
  private final Retrieval retrieval;

  Lookup(Index index, Retrieval retrieval) {
    this.index = index;
    this.retrieval = retrieval;
  }

  private record Named(Level level, String id) {}

  private record Found(ResourceId id, Attachment file) {}

  /**
   * The files of all instances of the resources, by identifier, each once.
   *
   * @throws TransferException UNKNOWN for the first resource that is not there
   */
  List<TransferredFile> files(List<JsonValue> resources) throws IOException {
    List<Named> named = new ArrayList<>();
    for (JsonValue resource : resources) {
      named.add(
          new Named(level(WireFields.text(resource, "Level")), WireFields.text(resource, "ID")));
    }
    Optional<List<Found>> found = index.read(reader -> find(reader, named));
    List<TransferredFile> files = new ArrayList<>();
    for (Found file : found.orElseThrow(() -> TransferException.of(Problem.UNKNOWN))) {
      Optional<String> md5 = file.file().md5();
      files.add(
          new TransferredFile(
              file.id().toString(),
              file.file().size(),
              md5.isPresent() ? md5.get() : computed(file.id())));
    }
    return files;
  }

  /** Empty if a resource is not there. */
  private static Optional<List<Found>> find(IndexReader reader, List<Named> named) {
    SortedSet<ResourceId> instances = new TreeSet<>();
    for (Named resource : named) {
      Optional<ResourceId> id = ResourceId.parse(resource.id());
      if (id.isEmpty() || !reader.exists(resource.level(), id.get())) {
        return Optional.empty();
      }
      if (resource.level() == Level.INSTANCE) {
        instances.add(id.get());
      } else {
        instances.addAll(reader.descendants(resource.level(), id.get(), Level.INSTANCE));
      }
    }
    List<Found> found = new ArrayList<>();
    for (ResourceId id : instances) {
      reader
          .attachment(Level.INSTANCE, id, Attachment.DICOM)
          .ifPresent(file -> found.add(new Found(id, file)));
    }
    return Optional.of(found);
  }

  private String computed(ResourceId instance) throws IOException {
    try (Retrieval.OpenAttachment file =
            retrieval.openFile(instance).orElseThrow(() -> TransferException.of(Problem.UNKNOWN));
        InputStream in = Channels.newInputStream(file.bytes().channel(0, file.bytes().size()))) {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      byte[] piece = new byte[64 << 10];
      for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
        md5.update(piece, 0, n);
      }
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has MD5", e);
    }
  }

  private static Level level(String text) throws TransferException {
    for (Level level : Level.values()) {
      if (text.equalsIgnoreCase(level.type())
          || text.toLowerCase(Locale.ROOT).equals(level.plural())) {
        return level;
      }
    }
    throw TransferException.of(Problem.OUT_OF_RANGE, "Invalid resource type '" + text + "'");
  }
}
