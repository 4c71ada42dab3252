package org.ithil.web.tags;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.ithil.web.error.ApiException;
import org.ithil.web.error.ErrorCode;

/** Finds instances and reads what is shown of their data sets. */
final class Instances {
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
      use.of(pixels.isEmpty() ? dataSet : marked(dataSet, pixels.getAsInt()), header.values());
      return;
    }
    try (Retrieval.OpenInstance open =
        retrieval.dataSet(instance).orElseThrow(ApiException::unknownResource)) {
      use.of(open.file().dataSet(), open.file().values());
    }
  }

  /** As {@link #read}, up to Pixel Data; does nothing if the instance was deleted meanwhile. */
  void readIfThere(ResourceId instance, Use use) throws IOException {
    try {
      read(instance, false, use);
    } catch (ApiException e) {
      if (e.code() != ErrorCode.UNKNOWN_RESOURCE) {
        throw e;
      }
    }
  }

  private static DataSet marked(DataSet dataSet, int pixelTag) {
    return dataSet.with(new Element(pixelTag, Vr.OW, Value.EMPTY));
  }
}
