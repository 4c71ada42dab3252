package org.ithil.web.tags;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.ithil.archive.index.Index;
import org.ithil.archive.index.IndexReader;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.Resource;
import org.ithil.archive.resource.ResourceId;
import org.ithil.archive.retrieval.Retrieval;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.data.Element;
import org.ithil.dicom.data.Value;
import org.ithil.dicom.dictionary.Tag;
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

  /** Goes down by first children, so that a large patient costs no more than a small one. */
  static Optional<ResourceId> first(IndexReader reader, Level level, ResourceId id) {
    Level at = level;
    ResourceId found = id;
    while (at != Level.INSTANCE) {
      Optional<Resource> resource = reader.resource(at, found);
      if (resource.isEmpty() || resource.get().children().isEmpty()) {
        return Optional.empty();
      }
      found = resource.get().children().getFirst();
      at = at.child().orElseThrow();
    }
    return Optional.of(found);
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
    if (!whole && isPlain(header)) {
      DataSet dataSet = header.dataSet();
      use.of(
          header.pixelDataOffset().isEmpty() ? dataSet : marked(dataSet, Tag.PixelData),
          header.values());
      return;
    }
    try (Retrieval.OpenInstance open =
        retrieval.dataSet(instance).orElseThrow(ApiException::unknownResource)) {
      DataSet dataSet = open.file().dataSet();
      use.of(whole ? dataSet : untilPixelData(dataSet), open.file().values());
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

  /**
   * False if the header does not tell whether there is Pixel Data (in a deflated file), or which
   * kind: floating-point ones have no Bits Stored (PS3.3 C.7.6.24).
   */
  private static boolean isPlain(DicomFile header) {
    return !header.transferSyntax().deflated()
        && (header.pixelDataOffset().isEmpty() || header.dataSet().contains(Tag.BitsStored));
  }

  private static DataSet untilPixelData(DataSet dataSet) {
    DataSet.Builder builder = new DataSet.Builder();
    for (Element element : dataSet) {
      switch (element.tag()) {
        case Tag.FloatPixelData, Tag.DoubleFloatPixelData, Tag.PixelData -> {
          return marked(builder.build(), element.tag());
        }
        default -> builder.put(element);
      }
    }
    return builder.build();
  }

  private static DataSet marked(DataSet dataSet, int pixelTag) {
    return dataSet.toBuilder().put(new Element(pixelTag, Vr.OW, Value.EMPTY)).build();
  }
}
