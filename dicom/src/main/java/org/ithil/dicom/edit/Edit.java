package org.ithil.dicom.edit;

import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.io.DicomFile;

/**
 * A change of data sets, such as an anonymization. The same file always gives the same result, so
 * that a job may do it again; random choices are made before, when the edit is made. Safe for
 * concurrent use.
 */
@FunctionalInterface
public interface Edit {
  /**
   * What comes of a file.
   *
   * @param values where the located values of the data set lie; usually those of the source
   */
  record Edited(DataSet dataSet, ByteSource values) {}

  /**
   * Changes one file. Large values are not read, they stay located.
   *
   * @param file whole, or up to Pixel Data
   * @throws EditException if this file cannot be changed so
   */
  Edited apply(DicomFile file);
}
