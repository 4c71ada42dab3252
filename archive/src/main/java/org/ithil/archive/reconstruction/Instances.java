package org.ithil.archive.reconstruction;

import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;

/** Reads the files of instances, and writes what they say of themselves and their parents. */
final class Instances {
  private final Index index;
  private final Retrieval retrieval;
  private final Ingest ingest;
  private final ReadOptions options;

  Instances(Index index, Retrieval retrieval, Ingest ingest, ReadOptions options) {
    this.index = index;
    this.retrieval = retrieval;
    this.ingest = ingest;
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
      Description description = ingest.describe(DicomReader.readFile(file.bytes(), options));
      return Optional.of(new Header(instance, file.attachment().uuid(), description));
    }
  }

  /** Writes the main tags of an instance at some levels, from its file if there is one. */
  void rewrite(ResourceId instance, Set<Level> levels) throws IOException {
    for (Optional<Header> header = header(instance);
        header.isPresent();
        header = header(instance)) {
      Header read = header.get();
      if (index.write(writer -> write(writer, read, levels))) {
        return;
      }
    }
  }

  /**
   * Writes what was read.
   *
   * @return false if the instance has another file by now, or is gone
   */
  static boolean write(IndexWriter writer, Header header, Set<Level> levels) {
    Optional<Lineage> lineage = writer.lineage(header.instance());
    boolean same =
        writer
            .attachment(Level.INSTANCE, header.instance(), Attachment.DICOM)
            .filter(file -> file.uuid().equals(header.blob()))
            .isPresent();
    if (lineage.isEmpty() || !same) {
      return false;
    }
    for (Level level : levels) {
      write(writer, header.description(), level, lineage.get());
    }
    return true;
  }

  private static void write(
      IndexWriter writer, Description description, Level level, Lineage lineage) {
    writer.setMainTags(
        level,
        lineage.at(level),
        description.mainTags().get(level),
        description.signatures().get(level));
    if (level == Level.PATIENT) {
      writer.setPatientTags(lineage.study(), description.mainTags().get(level));
    }
  }
}
