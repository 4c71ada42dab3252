package org.ithil.archive.editing;

import org.ithil.dicom.data.DataSet;

/** Makes pixels of pictures such as PNG and JPEG. Safe for concurrent use. */
@FunctionalInterface
public interface Pictures {
  /** No picture can be decoded. */
  Pictures NONE =
      (_, _) -> {
        throw new org.ithil.dicom.edit.EditException(
            org.ithil.dicom.edit.EditException.Problem.NOT_IMPLEMENTED, "");
      };

  /**
   * The Image Pixel Module of PS3.3 C.7.6.3: Pixel Data, uncompressed, and what describes it.
   *
   * @param type media type, such as "image/png"
   * @throws org.ithil.dicom.edit.EditException if it is none, or no such picture can be decoded
   */
  DataSet pixels(String type, byte[] bytes);
}
