package org.ithil.web.tags;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipException;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.encoding.Vr;
import org.ithil.dicom.io.DicomFile;
import org.ithil.dicom.io.DicomFormatException;
import org.ithil.web.error.ApiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds instances and reads what is shown of their data sets. */
final class Instances {
  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

  private final Index index;
  private final Retrieval retrieval;

  /** What is done with a data set while its file is open. */
  @FunctionalInterface
  interface Use {
    /**
     * @param values where located values lie
     */
    void of(DataSet dataSet, ByteSource values) throws IOException;
  }

  Instances(Index index, Retrieval retrieval) {
    this.index = index;
    this.retrieval = retrieval;
  }

  /** All instances of a resource, ascending; UNKNOWN_RESOURCE if there is no such resource. */
  List<ResourceId> below(Level level, ResourceId id) {
    return index
        .read(reader ->
            reader.exists(level, id)
                ? Optional.of(reader.descendants(level, id, Level.INSTANCE))
                : Optional.<List<ResourceId>>empty())
        .orElseThrow(ApiException::unknownResource);
  }

  /** One instance of a resource; UNKNOWN_RESOURCE if there is none. */
  ResourceId first(Level level, ResourceId id) {
    return index
        .read(reader -> first(reader, level, id))
        .orElseThrow(ApiException::unknownResource);
  }

  /** One instance of a resource; a large patient costs no more than a small one. */
  static Optional<ResourceId> first(IndexReader reader, Level level, ResourceId id) {
    return reader.firstDescendant(level, id, Level.INSTANCE);
  }

  /** The header of an instance; UNKNOWN_RESOURCE if it is unknown. */
  DicomFile header(ResourceId instance) throws IOException {
    return retrieval.header(instance).orElseThrow(ApiException::unknownResource);
  }

  /**
   * Reads the data set of an instance up to Pixel Data, which is there without value, or whole.
   *
   * @throws ApiException UNKNOWN_RESOURCE if it is unknown
   */
  void read(ResourceId instance, boolean whole, Use use) throws IOException {
    read(instance, header(instance), whole, use);
  }

  /** As above, if the header of the instance is at hand. */
  void read(ResourceId instance, DicomFile header, boolean whole, Use use) throws IOException {
    if (!whole) {
      OptionalInt pixels = header.pixelDataTag();
      DataSet dataSet = header.dataSet();
      DataSet shown = pixels.isEmpty() ? dataSet : marked(dataSet, pixels.getAsInt());
      try (Retrieval.OpenInstance open = retrieval.hold(header)) {
        use.of(shown, open.file().values());
      }
      return;
    }
    try (Retrieval.OpenInstance open =
        retrieval.dataSet(instance).orElseThrow(ApiException::unknownResource)) {
      use.of(open.file().dataSet(), open.file().values());
    }
  }

  /**
   * As {@link #read}, up to Pixel Data; does nothing if the instance was deleted meanwhile. A file
   * that is missing or damaged is left out too, and logged: those beside it can be read.
   */
  void readIfThere(ResourceId instance, Use use) throws IOException {
    Optional<DicomFile> header;
    try {
      header = retrieval.header(instance);
    } catch (DicomFormatException | EOFException | ZipException | NoSuchFileException e) {
      LOG.warn("instance {} is left out, its file cannot be read: {}", instance, e.toString());
      return;
    }
    if (header.isPresent()) {
      read(instance, header.get(), false, use);
    }
  }

  private static DataSet marked(DataSet dataSet, int pixelTag) {
    return dataSet.with(new Element(pixelTag, Vr.OW, Value.EMPTY));
  }
}
