package org.ithil.archive.retrieval;

import java.io.IOException;
import java.util.Optional;
import org.ithil.archive.blob.Blob;
import org.ithil.archive.resource.Attachment;
import org.ithil.archive.resource.Level;
import org.ithil.archive.resource.ResourceId;
import org.ithil.dicom.io.DicomFile;

/** Reads what the archive keeps. Safe for concurrent use. */
public interface Retrieval {
  /** An open attachment: uncompressed bytes. */
  record OpenAttachment(Attachment attachment, Blob bytes) implements AutoCloseable {
    @Override
    public void close() {
      bytes.close();
    }
  }

  /**
   * An instance, whole or up to Pixel Data; large values are still in the file, so close it at the
   * end.
   *
   * @param closing lets the file go
   */
  record OpenInstance(DicomFile file, Runnable closing) implements AutoCloseable {
    @Override
    public void close() {
      closing.run();
    }
  }

  /**
   * Opens an attachment of a resource.
   *
   * @return empty if the resource or the attachment is unknown
   * @throws IOException if its blob is missing or cannot be read
   */
  Optional<OpenAttachment> open(Level level, ResourceId id, int contentType) throws IOException;

  /** Opens the DICOM file of an instance; empty if it is unknown. */
  default Optional<OpenAttachment> openFile(ResourceId instance) throws IOException {
    return open(Level.INSTANCE, instance, Attachment.DICOM);
  }

  /**
   * The header of an instance: its meta information and data set up to Pixel Data. Kept in a cache;
   * large values stay in the file, which is opened again for each that is read: see {@link #hold}.
   *
   * @return empty if it is unknown
   */
  Optional<DicomFile> header(ResourceId instance) throws IOException;

  /** Forgets the headers that are in memory: they are read again from the files. */
  void forgetHeaders();

  /**
   * A header for a reader of large values: the file is opened, and uncompressed or inflated, for
   * the first of them, and then serves all, in any order. Without a reading nothing is opened.
   *
   * @param header as {@link #header} gave it
   */
  OpenInstance hold(DicomFile header);

  /** The whole data set of an instance, pixels and large values located in the open file. */
  Optional<OpenInstance> dataSet(ResourceId instance) throws IOException;
}
