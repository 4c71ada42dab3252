package org.ithil.dicom.io;

import java.io.IOException;
import java.io.OutputStream;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.data.DataSet;
import org.ithil.dicom.encoding.TransferSyntax;

/**
 * Writes DICOM files and data sets. Values longer than memory allows are copied from their source
 * piece by piece.
 */
public final class DicomWriter {
  private DicomWriter() {}

  /**
   * Writes preamble, "DICM", the File Meta Information and the data set.
   *
   * @param meta elements of group 0002; the group length is computed, (0002,0010) gives the
   *     transfer syntax
   * @param values where located values of the data set lie
   */
  public static void writeFile(DataSet meta, DataSet dataSet, ByteSource values, OutputStream out)
      throws IOException {
    throw new IOException("not written yet");
  }

  /** Writes a data set alone, explicit lengths for sequences and items, group lengths left out. */
  public static void writeDataSet(
      DataSet dataSet, TransferSyntax syntax, ByteSource values, OutputStream out)
      throws IOException {
    throw new IOException("not written yet");
  }
}
