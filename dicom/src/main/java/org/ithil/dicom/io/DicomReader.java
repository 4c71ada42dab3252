package org.ithil.dicom.io;

import java.io.IOException;
import org.ithil.dicom.data.ByteSource;
import org.ithil.dicom.encoding.TransferSyntax;

/** Reads DICOM files and data sets. Stateless: every method may be used by many threads. */
public final class DicomReader {
  private DicomReader() {}

  /**
   * Reads a file of PS3.10 7, with or without preamble, or a bare data set (implicit little endian,
   * explicit little or big endian).
   *
   * @throws DicomFormatException if it is none, or goes beyond a limit
   */
  public static DicomFile readFile(ByteSource source, ReadOptions options) throws IOException {
    throw new DicomFormatException(DicomFormatException.Problem.NOT_DICOM, "not written yet", 0, 0);
  }

  /**
   * Reads a data set without meta information, as it comes over the network.
   *
   * @throws DicomFormatException if it is none, or goes beyond a limit
   */
  public static DicomFile readDataSet(ByteSource source, TransferSyntax syntax, ReadOptions options)
      throws IOException {
    throw new DicomFormatException(DicomFormatException.Problem.NOT_DICOM, "not written yet", 0, 0);
  }
}
