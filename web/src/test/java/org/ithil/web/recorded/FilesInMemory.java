package org.ithil.web.recorded;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Lineage;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.dictionary.Dictionary;
import org.ithil.dicom.dictionary.Tag;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomReader;
import org.ithil.dicom.io.ReadOptions;
import org.ithil.dicom.text.SpecificCharacterSet;

/** A retrieval of files that are held in memory. */
public final class FilesInMemory implements Retrieval {
  private final Map<ResourceId, byte[]> files = new HashMap<>();
  private final ReadOptions options;

  public FilesInMemory(Dictionary dictionary) {
    options = ReadOptions.DEFAULT.withDictionary(dictionary);
  }

  /** Takes a file, in the place of one with the same identifiers. */
  public Lineage add(byte[] file, SpecificCharacterSet encoding) throws IOException {
    DataSet dataSet =
        DicomReader.readFile(ByteSource.of(file), options.stoppingBeforePixelData()).dataSet();
    Lineage lineage =
        Lineage.of(
            dataSet.text(Tag.PatientID, encoding).orElse(""),
            dataSet.ascii(Tag.StudyInstanceUID).orElseThrow(),
            dataSet.ascii(Tag.SeriesInstanceUID).orElseThrow(),
            dataSet.ascii(Tag.SOPInstanceUID).orElseThrow());
    files.put(lineage.instance(), file);
    return lineage;
  }

  @Override
  public Optional<OpenAttachment> open(Level level, ResourceId id, int contentType) {
    byte[] file = files.get(id);
    return file == null || level != Level.INSTANCE || contentType != Attachment.DICOM
        ? Optional.empty()
        : Optional.of(
            new OpenAttachment(
                new Attachment(
                    contentType,
                    new UUID(0, 0),
                    file.length,
                    file.length,
                    Attachment.Compression.NONE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0),
                new InMemory(ByteSource.of(file))));
  }

  @Override
  public Optional<DicomFile> header(ResourceId instance) throws IOException {
    byte[] file = files.get(instance);
    return file == null
        ? Optional.empty()
        : Optional.of(
            DicomReader.readFile(
                ByteSource.of(file),
                options.stoppingBeforePixelData().withLargeValue(Integer.MAX_VALUE)));
  }

  @Override
  public Optional<OpenInstance> dataSet(ResourceId instance) throws IOException {
    byte[] file = files.get(instance);
    if (file == null) {
      return Optional.empty();
    }
    InMemory bytes = new InMemory(ByteSource.of(file));
    return Optional.of(new OpenInstance(DicomReader.readFile(bytes, options), bytes));
  }

  /** A blob over bytes in memory. */
  private record InMemory(ByteSource source) implements Blob {
    @Override
    public long size() {
      return source.size();
    }

    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      source.read(offset, into, at, length);
    }

    @Override
    public ReadableByteChannel channel(long offset, long length) throws IOException {
      return Channels.newChannel(
          new java.io.ByteArrayInputStream(source.read(offset, (int) length)));
    }

    @Override
    public Optional<Path> path() {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
