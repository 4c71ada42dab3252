package org.ithil.archive.reconstruction;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.ithil.archive.blob.Spool;
import org.ithil.archive.blob.SpooledFile;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexWriter;
import org.ithil.archive.ingest.Ingest;
import org.ithil.archive.ingest.Ingest.Description;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.archive.retrieval.Retrieval.OpenAttachment;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;

/** Reads the files of instances, and writes what they say into the index. */
final class Instances {
  private final Index index;
  private final Retrieval retrieval;
  private final Ingest ingest;
  private final Spool spool;
  private final ReadOptions options;

  Instances(Index index, Retrieval retrieval, Ingest ingest, Spool spool, ReadOptions options) {
    this.index = index;
    this.retrieval = retrieval;
    this.ingest = ingest;
    this.spool = spool;
    this.options = options.stoppingBeforePixelData();
  }

  /**
   * What the file of an instance says.
   *
   * @param blob where it was read
   */
  record Header(ResourceId instance, UUID blob, Description description) {}

  /** Reads the file of an instance; empty if there is none. */
  Optional<Header> header(ResourceId instance) throws IOException {
    Optional<OpenAttachment> opened = retrieval.openFile(instance);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (OpenAttachment file = opened.get()) {
      return Optional.of(new Header(instance, file.attachment().uuid(), describe(file.bytes())));
    }
  }

  private Description describe(ByteSource file) throws IOException {
    return ingest.describe(DicomReader.readFile(file, options));
  }

  /**
   * What a transaction did.
   *
   * @param first whether an instance was written, so that its parents have their main tags
   * @param others instances that have another file by now, or are gone
   */
  record Written(boolean first, List<ResourceId> others) {}

  /**
   * Writes what was read, in one transaction.
   *
   * @param ofFirst what is written from the first of those that are there still
   * @param ofAll what is written from each
   */
  Written write(List<Header> headers, Set<Part> ofFirst, Set<Part> ofAll) {
    return index.write(writer -> {
      boolean first = false;
      List<ResourceId> others = new ArrayList<>();
      for (Header header : headers) {
        Set<Part> parts = EnumSet.noneOf(Part.class);
        parts.addAll(ofAll);
        if (!first) {
          parts.addAll(ofFirst);
        }
        if (write(writer, header, parts)) {
          first = true;
        } else {
          others.add(header.instance());
        }
      }
      return new Written(first, others);
    });
  }

  private static boolean write(IndexWriter writer, Header header, Set<Part> parts) {
    Optional<Lineage> lineage = writer.lineage(header.instance());
    if (lineage.isEmpty() || !hasBlob(writer, header.instance(), header.blob())) {
      return false;
    }
    parts.forEach(part -> part.write(writer, lineage.get(), header.description()));
    return true;
  }

  private static boolean hasBlob(IndexWriter writer, ResourceId instance, UUID blob) {
    return writer
        .attachment(Level.INSTANCE, instance, Attachment.DICOM)
        .filter(file -> file.uuid().equals(blob))
        .isPresent();
  }

  /**
   * Writes what the file of an instance says.
   *
   * @return false if it has none, or is unknown
   */
  boolean write(ResourceId instance, Set<Part> parts) throws IOException {
    while (true) {
      Optional<Header> header = header(instance);
      if (header.isEmpty()) {
        return false;
      }
      if (write(List.of(header.get()), parts, Set.of()).first()) {
        return true;
      }
    }
  }

  /**
   * The same, and stores the file anew.
   *
   * @return false if it has none, or is unknown
   * @throws DamagedFileException if it is not the file that was stored once; it stays as it is
   */
  boolean store(ResourceId instance, Set<Part> parts) throws IOException {
    while (true) {
      Optional<OpenAttachment> opened = retrieval.openFile(instance);
      if (opened.isEmpty()) {
        return false;
      }
      Attachment old = opened.get().attachment();
      try (SpooledFile copy = copy(opened.get())) {
        check(old, copy);
        Header header = new Header(instance, old.uuid(), describe(copy));
        if (ingest.keepAgain(
            instance, copy, kept -> index.write(writer -> replace(writer, header, kept, parts)))) {
          return true;
        }
      }
    }
  }

  private SpooledFile copy(OpenAttachment opened) throws IOException {
    try (OpenAttachment file = opened;
        Spool.Writer writer = spool.open()) {
      file.bytes().copyTo(0, file.bytes().size(), writer);
      return writer.finish();
    }
  }

  private static void check(Attachment old, SpooledFile copy) throws IOException {
    String md5 = copy.md5();
    boolean same =
        copy.size() == old.size()
            && old.md5().map(md5::equals).orElse(true)
            && old.crc32().map(crc -> crc == copy.crc32()).orElse(true);
    if (!same) {
      throw new DamagedFileException(old.uuid());
    }
  }

  private static boolean replace(
      IndexWriter writer, Header header, Attachment kept, Set<Part> parts) {
    if (!write(writer, header, parts)) {
      return false;
    }
    long revision =
        writer
            .attachment(Level.INSTANCE, header.instance(), Attachment.DICOM)
            .map(Attachment::revision)
            .orElse(0L);
    writer.putAttachment(
        Level.INSTANCE,
        header.instance(),
        new Attachment(
            kept.contentType(),
            kept.uuid(),
            kept.size(),
            kept.storedSize(),
            kept.compression(),
            kept.md5(),
            kept.storedMd5(),
            kept.crc32(),
            revision));
    return true;
  }
}
